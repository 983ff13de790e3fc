import { delegateAt, readDelegation } from './read-delegation.ts'
import type { LineText } from './text-lines.ts'

/** Nobody says it so often: whoever does is asked back without a closer look. */
const mostLooks = 20

/**
 * Whether lines beside an answer ask to give the request to somebody else: `Yes, delegate it to Nadia` does not say who is
 * to decide. What is done with anything else (`delegate the invoices to Nadia`) is a comment.
 */
export function asksToDelegate(lines: LineText[]): boolean {
  let looks = 0
  for (const { text, words } of lines) {
    for (let at = delegateAt(words); at !== -1; at = delegateAt(words, at + 1)) {
      looks += 1
      if (looks > mostLooks) return true
      if (readDelegation(text, words.slice(at), null)?.isOfRequest) return true
    }
  }
  return false
}
