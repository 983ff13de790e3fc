import type { LineText } from './text-lines.ts'
import { isSpace, type Word } from './words.ts'

/** Short forms that a full stop ends before a figure: `No. 12`, `max. 500`. */
const shortForms = new Set('no nr n num max min approx ca circa env cf p art ref'.split(' '))

/** Whether a sentence ends between two words that follow each other. */
export function endsSentence(text: string, before: Word | undefined, word: Word | undefined): boolean {
  if (word === undefined || (before !== undefined && isSpace(text, before, word))) return false
  if (before !== undefined && /^\p{N}/u.test(word.text) && shortForms.has(before.text)) return false
  // `vom 3. November`
  if (/^\d{1,2}$/.test(before?.text ?? '') && text[before?.to ?? 0] === '.') return false
  return /[.!…]["'»”)\]]*\s/.test(text.slice(before?.to, word.from))
}

/** What stands in the same sentence as the answer; what comes behind its full stop is judged like a line below. */
export function ownSentence(text: string, last: Word | undefined, rest: Word[]): Word[] {
  const next = rest.findIndex((word, at) => endsSentence(text, rest[at - 1] ?? last, word))
  return next === -1 ? rest : rest.slice(0, next)
}

/** Words sentence by sentence, as if each stood on a line of its own; `from` is where it begins in the text. */
export function sentencesOf(text: string, words: Word[]): LineText[] {
  const sentences: LineText[] = []
  let start = 0
  for (let at = 1; at <= words.length; at += 1) {
    const [first, last, next] = [words[start], words[at - 1], words[at]]
    if (first === undefined || last === undefined) break
    if (next !== undefined && !endsSentence(text, last, next)) continue
    const { from } = first
    sentences.push({
      text: text.slice(from, next?.from),
      from,
      words: words.slice(start, at).map((word) => ({ ...word, from: word.from - from, to: word.to - from })),
    })
    start = at
  }
  return sentences
}
