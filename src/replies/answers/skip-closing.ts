import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import { isName, isSetOff, type Word } from '../words.ts'
import { courtesyNames } from './skip-opening.ts'

/** `mfg`, `mvg`, `pozdr` */
const shortClosing = 5

/** Behind the courtesy that follows an answer, with a name where the line ends with it: `Yes, thanks Nadia`. */
export function skipClosing(text: string, words: Word[], start: number): number {
  let at = start
  for (;;) {
    const courtesy = phraseAt(words, at, anyLanguage.thanks) ?? phraseAt(words, at, anyLanguage.pleases)
    if (courtesy === null) break
    at += courtesy.length
  }
  const courtesyEnd = at
  // `Approvato! A presto`, `genehmigt mfg`: a closing ends the line, or a name behind it does.
  const closing = phraseAt(words, at, anyLanguage.closings)?.length ?? 0
  const isShort = closing === 1 && (words[at]?.text.length ?? 0) <= shortClosing
  const isSigned =
    words.slice(at + 1).length <= courtesyNames && words.slice(at + 1).every((word) => isName(text, word))
  if (isSetOff(text, words, at) || (isShort && isSigned)) at += closing
  const names = words.slice(at)
  const isNamed = at > start && names.length <= courtesyNames && names.every((word) => isName(text, word))
  return isNamed ? words.length : courtesyEnd
}
