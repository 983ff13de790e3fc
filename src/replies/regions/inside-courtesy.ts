import { anyLanguage } from '../languages/all-languages.ts'
import { type Phrases, phraseAt } from '../phrases.ts'
import type { Word } from '../words.ts'

/** Longest courtesy that a line ends with. */
const longestCourtesy = 4

/** Courtesies that a line may end with; a line that is made of more says nothing. */
const mostCourtesies = 10

/** Which words of a line stand between the courtesy that it begins with and the one that it ends with. */
export function insideCourtesy(words: Word[]): { from: number; end: number } {
  const { greetings, thanks, pleases } = anyLanguage
  const from = skipPhrases(words, 0, [greetings, thanks, pleases])
  let end = words.length
  for (let count = 0; count < mostCourtesies; count += 1) {
    const start = Math.max(from, end - longestCourtesy)
    const at = Math.min(lastPhrase(words, start, end, thanks), lastPhrase(words, start, end, pleases))
    if (at === end) break
    end = at
  }
  return { from, end }
}

/** Behind the phrases of these lists that follow each other from a word on. */
export function skipPhrases(words: Word[], start: number, lists: Phrases<unknown>[]): number {
  let at = start
  for (;;) {
    const length = Math.max(...lists.map((list) => phraseAt(words, at, list)?.length ?? 0))
    if (length === 0) return at
    at += length
  }
}

/** From a word on: where a phrase begins that goes to the end; the end when none does. */
export function lastPhrase(words: Word[], from: number, end: number, list: Phrases<unknown>): number {
  for (let at = from; at < end; at += 1) {
    if (phraseAt(words.slice(at, end), 0, list)?.length === end - at) return at
  }
  return end
}
