import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import type { Word } from '../words.ts'
import { type Doubt, doubt } from './doubt.ts'
import { isDoubtIn, type LineLanguage } from './line-language.ts'

/** `Yes,` *the screens*: with its article a word or two that are all of the remark. */
const nounWords = 2

/** What a remark says at once the answer is for, or how much of it: `Yes, for the laptops`, `Yes, 10 of them`. */
export function findScope(remark: Word[], line: LineLanguage): Doubt | null {
  const found = phraseAt(remark, 0, anyLanguage.scopes)
  if (found !== null && isDoubtIn(line, remark.slice(0, found.length), found.value))
    return doubt('scope', remark.slice(0, found.length), found.value)
  const article = phraseAt(remark, 0, anyLanguage.determiners)
  const isNoun =
    article !== null && remark.length > article.length && remark.length <= article.length + nounWords
  if (isNoun && isDoubtIn(line, remark.slice(0, article.length), article.value))
    return doubt('scope', remark, article.value)
  return /^\p{N}/u.test(remark[0]?.text ?? '') ? doubt('scope', remark.slice(0, 1)) : null
}
