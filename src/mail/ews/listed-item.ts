import type { MessageHead } from '../mailbox.ts'
import { child, children, textAt, type XmlElement } from './xml-element.ts'

/** Exchange resolves plus-addresses in its own properties; in these headers they stand as written. */
const recipientHeaders = new Set(['to', 'cc'])
const referenceHeaders = new Set(['in-reply-to', 'references'])

/** Message-IDs and addresses with their longest lengths (RFC 5322 2.1.1, RFC 5321 4.5.3.1), so that scanning is linear. */
const messageId = /<[^<>\s]{1,998}>/g
const address = /[^\s<>,;:"()]{1,64}@[^\s<>,;:"()]{1,255}/g

/** An item as far as it is looked at before it is known to be ours. */
export interface ListedItem {
  id: string
  /** In bytes, as the store counts them. */
  size: number
  /** An invalid date when Exchange does not tell. */
  receivedAt: Date
  head: MessageHead
}

/** Reads an item of a list; null when it has no id. Recipients are there when they were asked for. */
export function readListedItem(item: XmlElement): ListedItem | null {
  const id = child(item, 'ItemId')?.attributes.Id
  if (id === undefined) return null
  return {
    id,
    size: Number.parseInt(textAt(item, 'Size'), 10) || 0,
    receivedAt: new Date(textAt(item, 'DateTimeReceived')),
    head: readMessageHead(item),
  }
}

function readMessageHead(item: XmlElement): MessageHead {
  const headers = children(child(item, 'InternetMessageHeaders'), 'InternetMessageHeader').map((header) => ({
    name: header.attributes.HeaderName?.toLowerCase() ?? '',
    value: header.text,
  }))
  const valuesOf = (names: Set<string>) =>
    headers.filter(({ name }) => names.has(name)).map(({ value }) => value)
  const references = [textAt(item, 'InReplyTo'), textAt(item, 'References'), ...valuesOf(referenceHeaders)]
  const resolved = ['ToRecipients', 'CcRecipients'].flatMap((list) =>
    children(child(item, list), 'Mailbox').map((mailbox) => textAt(mailbox, 'EmailAddress')),
  )
  return {
    subject: textAt(item, 'Subject'),
    references: matches(references, messageId),
    recipients: matches([...resolved, ...valuesOf(recipientHeaders)], address),
    itemClass: textAt(item, 'ItemClass') || null,
  }
}

function matches(texts: string[], pattern: RegExp): string[] {
  return [...new Set(texts.flatMap((text) => text.match(pattern) ?? []))]
}
