import { anyLanguage } from './languages/all-languages.ts'
import { phraseAt } from './phrases.ts'
import type { Word } from './words.ts'

/** Whether a remark says at once what or how much the answer is for: `Yes, for the laptops`, `Yes, 10 of them`. */
export function bounds(remark: Word[]): boolean {
  return phraseAt(remark, 0, anyLanguage.scopes) !== null || /^\p{N}/u.test(remark[0]?.text ?? '')
}
