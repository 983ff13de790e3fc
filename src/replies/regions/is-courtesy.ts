import { anyLanguage } from '../languages/all-languages.ts'
import { type Phrases, phraseAt, phrasesFrom } from '../phrases.ts'
import type { Word } from '../words.ts'

const { greetings, thanks, closings } = anyLanguage
const connectors = phrasesFrom(['and', 'et', 'und', 'y', 'e', 'en', 'i'].map((word) => [word, true] as const))

/** Whether the words are greetings and thanks, and nothing more: `Thank you and have a great day`. */
export function isCourtesy(words: Word[]): boolean {
  const lengthAt = (at: number, phrases: Phrases<unknown>) => phraseAt(words, at, phrases)?.length ?? 0
  const first = lengthAt(0, thanks) || lengthAt(0, greetings)
  if (first === 0) return false
  for (let at = first; at < words.length; ) {
    const from = at + lengthAt(at, connectors)
    const length = lengthAt(from, thanks) || lengthAt(from, closings) || lengthAt(from, greetings)
    if (length === 0) return false
    at = from + length
  }
  return true
}
