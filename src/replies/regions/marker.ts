import { branchAt, type Phrases, phraseAt, phrasesFrom, withPlace } from '../phrases.ts'
import type { TextLine } from '../text-lines.ts'
import type { Word } from '../words.ts'

const english = '##- Please type your answer above this line -##'
const french = '##- Veuillez écrire votre réponse au-dessus de cette ligne -##'

const markers: Phrases<true> = withPlace(
  phrasesFrom([
    [english, true],
    [french, true],
  ]),
)

/** The line that our mails begin with, in the reader's language (`en`, `fr`; English for any other). */
export function markerText(locale: string): string {
  return locale === 'fr' ? french : english
}

/**
 * Whether the marker begins in this line. It is known by its words, so quote marks, other spaces and encodings do not
 * hide it, and it may be broken over the next line: mailers wrap at 72 columns.
 */
export function marksQuote(line: TextLine, next: TextLine | undefined): boolean {
  if (!line.words.some((word) => branchAt(word, markers) !== undefined)) return false
  const words: Word[] = next === undefined ? line.words : [...line.words, ...next.words]
  return line.words.some((_, at) => phraseAt(words, at, markers) !== null)
}
