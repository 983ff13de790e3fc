import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import type { Word } from '../words.ts'
import { type Doubt, doubt } from './doubt.ts'

/** What a remark says at once the answer is for, or how much of it: `Yes, for the laptops`, `Yes, 10 of them`. */
export function findScope(remark: Word[]): Doubt | null {
  const found = phraseAt(remark, 0, anyLanguage.scopes)
  if (found !== null) return doubt('scope', remark.slice(0, found.length), found.value)
  return /^\p{N}/u.test(remark[0]?.text ?? '') ? doubt('scope', remark.slice(0, 1)) : null
}
