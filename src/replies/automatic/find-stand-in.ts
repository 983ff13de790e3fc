import type { ParsedMessage } from '../../mail/message.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import type { StandIn } from '../reading.ts'
import type { TextLine } from '../text-lines.ts'
import { isName, isSetOff, type Word } from '../words.ts'

/** An automatic reply says it early. */
const searchedLines = 30
/** Of words such as *contact*; nobody names so many. */
const searchedContacts = 20
/** `contact` *my colleague* `Nadia Roy`. */
const wordsBefore = 6
/** `Marie de la Tour`; a longer run of capital letters is no name. */
const longestName = 4
/** The last name that may begin, and the word behind it. */
const wordsRead = wordsBefore + longestName + 1
/** An address stands close behind, be it in brackets. */
const addressWithin = 160

/** RFC 5321 section 4.5.3.1, letters and digits as they are in directories. */
const address = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/u

/**
 * Whom an out-of-office reply names in the writer's place, behind words such as *contact*; null when it names nobody. It is
 * what a stranger may have written: for people to read, never to be acted upon.
 */
export function findStandIn(
  lines: TextLine[],
  { from, to }: Pick<ParsedMessage, 'from' | 'to'>,
): StandIn | null {
  const known = new Set([...from, ...to].map((mailbox) => mailbox.address.toLowerCase()))
  const searched = lines.slice(0, searchedLines)
  let contacts = 0
  for (const [index, { text, words }] of searched.entries()) {
    for (let at = 0; at < words.length; at += 1) {
      const contact = phraseAt(words, at, anyLanguage.contacts)
      const last = words[at + (contact?.length ?? 0) - 1]
      if (contact === null || last === undefined) continue
      contacts += 1
      if (contacts > searchedContacts) return null
      const below = searched[index + 1]?.text ?? ''
      const near = `${text.slice(last.to, last.to + addressWithin)}\n${below.slice(0, addressWithin)}`
      const found = address.exec(near.slice(0, addressWithin))?.[0] ?? null
      const standIn = {
        name: nameIn(text, words.slice(at + contact.length, at + contact.length + wordsRead)),
        address: found !== null && !known.has(found.toLowerCase()) ? found : null,
      }
      if (standIn.name !== null || standIn.address !== null) return standIn
    }
  }
  return null
}

/** The first two or more words that are written like names and stand together. */
function nameIn(text: string, words: Word[]): string | null {
  for (let at = 0; at <= wordsBefore; at += 1) {
    let end = at
    while (
      end < at + longestName &&
      isNamed(text, words[end]) &&
      (end === at || !isSetOff(text, words, end))
    ) {
      end += 1
    }
    const [first, last] = [words[at], words[end - 1]]
    if (end - at >= 2 && first !== undefined && last !== undefined) return text.slice(first.from, last.to)
  }
  return null
}

function isNamed(text: string, word: Word | undefined): boolean {
  return word !== undefined && isName(text, word) && text[word.to] !== '@'
}
