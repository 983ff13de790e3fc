import type { MessageHead } from '../mailbox.ts'
import { readHeadFields } from '../message-head.ts'
import type { ListedItem } from '../receive-in-pages.ts'
import { child, children, textAt, type XmlElement } from './xml-element.ts'

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
    name: header.attributes.HeaderName ?? '',
    value: header.text,
  }))
  const resolved = ['ToRecipients', 'CcRecipients'].flatMap((list) =>
    children(child(item, list), 'Mailbox').map((mailbox) => textAt(mailbox, 'EmailAddress')),
  )
  const references = [textAt(item, 'InReplyTo'), textAt(item, 'References')]
  return {
    subject: textAt(item, 'Subject'),
    ...readHeadFields(headers, { references, recipients: resolved }),
    itemClass: textAt(item, 'ItemClass') || null,
  }
}
