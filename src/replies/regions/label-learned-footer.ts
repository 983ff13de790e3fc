import { type Phrases, phraseAt, phraseKey, phrasesFrom } from '../phrases.ts'
import type { ReadContext } from '../reading.ts'
import { isMeaningful, label, type TextLine } from '../text-lines.ts'
import { judgeFooter } from './judge-footer.ts'

/** More than this is no footer. */
const footerLines = 12
const footerWords = 400

/**
 * Labels the footers at the end of new text that were learned of the sender's domain. From the last line upwards, as long
 * as footers follow each other: what stands above a line of the writer's own is part of what they say. Mailers wrap
 * lines, so a footer is known by its words, however they are broken into lines; a line that is, or begins like, an answer
 * or a doubt is none, whatever was learned.
 */
export function labelLearnedFooter(lines: TextLine[], context: ReadContext): void {
  const { learnedFooters } = context
  if (learnedFooters.length === 0) return
  const tail = lines.filter((line) => line.label === null && isMeaningful(line)).slice(-footerLines)
  let left = coveredWords(tail, backwards(learnedFooters))
  for (const line of tail.toReversed()) {
    left -= line.words.length
    if (left < 0 || judgeFooter(line, context) === 'never') return
    label([line], 'disclaimer', 'learned-footer')
  }
}

/** The footers by their words from the last to the first: they are looked for from the end. */
function backwards(footers: string[]): Phrases<true> {
  return phrasesFrom(
    footers.map((footer) => [phraseKey(footer).split(' ').toReversed().join(' '), true] as const),
  )
}

/** How many of the last words are footers, one behind the other. */
function coveredWords(lines: TextLine[], footers: Phrases<true>): number {
  const words = lines
    .flatMap((line) => line.words)
    .slice(-footerWords)
    .toReversed()
  let covered = 0
  for (;;) {
    const footer = phraseAt(words, covered, footers)
    if (footer === null) return covered
    covered += footer.length
  }
}
