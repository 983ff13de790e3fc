import { addressParser } from 'postal-mime'
import type { MailAddress, MailHeader } from '../message.ts'
import { storable } from './storable.ts'

/** Of one header; what follows is left out. */
const maximumAddresses = 1_000
/** So many, and as many commas in their names. */
const separated = /^(?:[^,;]*[,;]){0,2000}[^,;]*/
/** Of one header, as many as have a colon; for each, the parser goes through all that follows anew. */
const maximumGroups = 10

/** The addresses of every header of that name, groups flattened. */
export function addressesIn(headers: MailHeader[], name: string): MailAddress[] {
  return headers.filter((header) => header.name === name).flatMap(({ value }) => readAddresses(value).written)
}

/**
 * Every author that a From header may be read to name. Readers differ on one that breaks the rules (RFC 5322, 3.4): of
 * `<cfo@contoso.example> <mallory@contoso.example>` each shows another address, so it has two.
 */
export function authorsIn(headers: MailHeader[]): MailAddress[] {
  return headers
    .filter(({ name }) => name === 'from')
    .flatMap(({ value }) => {
      const { written, decoded } = readAddresses(value)
      const [author, ...others] = written
      if (author === undefined || others.length > 0) return written
      const isOther = (address: string) => address.toLowerCase() !== author.address.toLowerCase()
      const besides = [...new Set([...seenAddresses(value), ...decoded])]
        .filter(isOther)
        .slice(0, maximumAddresses)
      return [author, ...besides.map((address) => ({ name: '', address: storable(address) }))]
    })
}

/**
 * A quoted string or a comment (RFC 5322, 3.2.4 and 3.2.2); of nested comments the innermost. What is never closed is
 * matched as well, so that nothing is gone through twice.
 */
const quotedOrComment = /"(?:[^"\\]|\\.)*("?)|\((?:[^()\\]|\\.)*(\)?)/gs

/** What stands around each `@`, wherever a reader might take it for an address. */
function seenAddresses(value: string): string[] {
  const bare = value.replace(quotedOrComment, (text, quote, parenthesis) =>
    quote || parenthesis ? ' ' : text,
  )
  return bare.split(/[\s<>,;:()"]+/).flatMap((word) => {
    const [first = '', ...others] = word.split('@')
    return others.map((other, at) => `${others[at - 1] ?? first}@${other}`)
  })
}

/**
 * The addresses of a header, groups flattened, and what only looks like one once it is decoded: an encoded word may
 * hold a name only (RFC 2047, section 5), so that is a forgery.
 */
function readAddresses(value: string): { written: MailAddress[]; decoded: string[] } {
  const written: MailAddress[] = []
  const decoded: string[] = []
  const [few = ''] = separated.exec(value.split(':', maximumGroups + 1).join(':')) ?? []
  for (const { name, address = '' } of addressParser(few, { flatten: true }).slice(0, maximumAddresses)) {
    if (address !== '' && value.includes(address)) written.push({ name: storable(name), address })
    else if (`${name}${address}`.includes('@')) decoded.push(address || name)
  }
  return { written, decoded }
}
