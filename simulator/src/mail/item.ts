import type { Folder } from './folder.ts'
import { type Address, addressesIn, decodeText, fieldValue, readHeaderBlock } from './header-block.ts'

/** A message in a folder. A move makes a new item of it, with a new id, as Exchange does. */
export interface Item {
  readonly id: string
  readonly folder: Folder
  /** RFC 5322 octets as the mailbox holds them. */
  readonly raw: Buffer
  readonly summary: Summary
  readonly receivedAt: number
  readonly sentAt: number
  readonly createdAt: number
  itemClass: string
  isRead: boolean
  isDraft: boolean
  /** Came through transport, so it has transport headers; drafts and sent copies have none. */
  readonly isDelivered: boolean
  /** Came from a mailbox of the same tenant, so its sender is a directory entry. */
  readonly isInternal: boolean
  importance: string
  categories: string[]
  /** Set by clients; key as `extendedPropertyKey` makes it. */
  extended: Map<string, string>
  modifiedAt: number
  /** Sequence in the mailbox of its creation, of its last change, and of the last one that was not the read flag alone. */
  readonly createdSequence: number
  changedSequence: number
  contentSequence: number
}

/** The header fields that a folder view shows. */
export interface Summary {
  subject: string
  from: Address | null
  sender: Address | null
  to: Address[]
  messageId: string | null
  inReplyTo: string | null
  references: string | null
  hasAttachments: boolean
}

/** What the creator of an item decides. */
export interface ItemContent {
  raw: Buffer
  /** When the caller has it already. */
  summary?: Summary
  itemClass?: string
  isRead?: boolean
  isDraft?: boolean
  isDelivered?: boolean
  isInternal?: boolean
  importance?: string
  categories?: string[]
  extended?: Map<string, string>
  /** Milliseconds since the epoch; default: now. */
  receivedAt?: number
}

export function summarise(raw: Buffer): Summary {
  const { fields } = readHeaderBlock(raw)
  const from = addressesIn(fields, 'From')[0] ?? null
  return {
    subject: decodeText(fieldValue(fields, 'Subject') ?? ''),
    from,
    sender: addressesIn(fields, 'Sender')[0] ?? from,
    to: addressesIn(fields, 'To'),
    messageId: fieldValue(fields, 'Message-ID') ?? null,
    inReplyTo: fieldValue(fields, 'In-Reply-To') ?? null,
    references: fieldValue(fields, 'References') ?? null,
    hasAttachments: /^multipart\/mixed/i.test(fieldValue(fields, 'Content-Type') ?? ''),
  }
}

/** The MAPI message class that a delivered message gets from its MIME structure. */
export function itemClassOf(raw: Buffer): string {
  const type = fieldValue(readHeaderBlock(raw).fields, 'Content-Type') ?? ''
  if (/^multipart\/report\b/i.test(type)) {
    if (/report-type="?delivery-status/i.test(type)) return 'REPORT.IPM.Note.NDR'
    if (/report-type="?disposition-notification/i.test(type)) return 'REPORT.IPM.Note.IPNRN'
  }
  return 'IPM.Note'
}
