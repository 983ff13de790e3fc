import PostalMime, { type Address, type Email, type Mailbox } from 'postal-mime'

/** Nesting a person's mail never reaches; a deeper one is hostile and rejected by the parser. */
const maxNestingDepth = 32
const maxHeadersSize = 256 * 1024

/**
 * Parses raw RFC 5322 octets with bounds fit for a page. Rejects when the message exceeds them: such a mail
 * can still be shown as source.
 */
export function parseMail(raw: Uint8Array): Promise<Email> {
  return PostalMime.parse(raw, { maxNestingDepth, maxHeadersSize })
}

/** The mailboxes of an address list, groups (RFC 5322 section 3.4) unwrapped. */
export function flattenAddresses(addresses: readonly Address[] | undefined): Mailbox[] {
  return (addresses ?? []).flatMap((address) => address.group ?? [address])
}

/** Writes a mailbox the way people read it: `Name <address>`, or the address alone. */
export function formatMailbox({ name, address }: { name: string; address: string }): string {
  return name === '' || name === address ? address : `${name} <${address}>`
}
