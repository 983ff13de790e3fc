import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import { isSetOff, type Word } from '../words.ts'
import { type Doubt, doubt } from './doubt.ts'

/**
 * Where the writer puts a decision off: within a clause, somebody of their side is about to look, ask or think
 * (`I need to see the quotes`, `je regarde demain`). What has been done (`j'ai vérifié`) puts nothing off.
 */
export function findDeferral(text: string, words: Word[]): Doubt | null {
  let isOurs = false
  for (let at = 0; at < words.length; at += 1) {
    if (isSetOff(text, words, at)) isOurs = false
    if (phraseAt(words, at, anyLanguage.writers) !== null) isOurs = true
    else if (phraseAt(words, at, anyLanguage.perfects) !== null) isOurs = false
    else if (isOurs) {
      const found = phraseAt(words, at, anyLanguage.deferrals)
      if (found !== null) return doubt('deferral', words.slice(at, at + found.length), found.value)
    }
  }
  return null
}
