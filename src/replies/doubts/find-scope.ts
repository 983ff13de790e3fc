import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import type { Word } from '../words.ts'
import { type Doubt, doubt } from './doubt.ts'
import { isDoubtIn, isFrequent, type LineLanguage } from './line-language.ts'
import { numberWords } from './number-words.ts'

/** `Yes,` *the screens*: with its article a word or two that are all of the remark. */
const nounWords = 2

/** Prepositions and copulas before a figure are no longer. */
const shortWord = 4

/** What a remark says at once the answer is for, or how much of it: `Yes, for the laptops`, `Yes, 10 of them`. */
export function findScope(remark: Word[], line: LineLanguage): Doubt | null {
  const found = phraseAt(remark, 0, anyLanguage.scopes)
  if (found !== null && isDoubtIn(line, remark.slice(0, found.length), found.value))
    return doubt('scope', remark.slice(0, found.length), found.value)
  const article = phraseAt(remark, 0, anyLanguage.determiners)
  const isNoun =
    article !== null && remark.length > article.length && remark.length <= article.length + nounWords
  const own = line.sure() ?? line.spoken()
  if (isNoun && (own === null || article.value.includes(own))) return doubt('scope', remark, article.value)
  // `Yes, 10 of them`, `Genehmigt: neun Stück`, `Sim, por 4.000`, `No, é 4.520`
  const [first, second] = remark
  const isFigure = (word: Word | undefined) =>
    /^\p{N}/u.test(word?.text ?? '') || numberWords.has(word?.text ?? '')
  // Not a code: `Tak. MPK 4410.`
  const leadsTo = first !== undefined && first.text.length <= shortWord && isFrequent(first)
  const begins = isFigure(first) || (leadsTo && isFigure(second))
  return begins ? doubt('scope', remark.slice(0, 1)) : null
}
