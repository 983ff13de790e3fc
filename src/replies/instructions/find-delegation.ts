import { type Doubt, doubt, shifted } from '../doubts/doubt.ts'
import type { LineText } from '../text-lines.ts'
import { delegateAt, readDelegation } from './read-delegation.ts'

/** Nobody says it so often: whoever does is asked back without a closer look. */
const mostLooks = 20

/**
 * The words beside an answer that ask to give the request to somebody else, as a doubt: `Yes, delegate it to Nadia` does not
 * say who is to decide. What is done with anything else (`delegate the invoices to Nadia`) is a comment. Null for none.
 */
export function findDelegation(lines: LineText[]): Doubt | null {
  let looks = 0
  for (const { text, words, from } of lines) {
    for (let at = delegateAt(words); at !== -1; at = delegateAt(words, at + 1)) {
      looks += 1
      const read = readDelegation(text, words.slice(at), null)
      if (looks > mostLooks || read?.isOfRequest) {
        return shifted(doubt('delegation', read?.said ?? words.slice(at, at + 1)), from)
      }
    }
  }
  return null
}
