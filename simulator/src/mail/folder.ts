import { type ChangeLog, createChangeLog } from './change-log.ts'
import type { Summary } from './summarise.ts'
import type { WellKnownFolder } from './well-known-folders.ts'

export interface Folder {
  readonly id: string
  parent: Folder | null
  readonly wellKnown: WellKnownFolder | null
  displayName: string
  readonly folderClass: string
  /** Sequence in the mailbox of its creation. */
  readonly createdSequence: number
  /** By id, oldest first. */
  readonly items: Map<string, Item>
  readonly log: ChangeLog<Item>
  /** IMAP's numbering of the messages (RFC 3501, section 2.3.1.1): another validity when it has begun anew. */
  uidValidity: number
  /** The UID of the next message. */
  uidNext: number
  /** The UID from which on no IMAP session has been told of a message as recent. */
  recentFrom: number
  /** Of IMAP's SUBSCRIBE. */
  isSubscribed: boolean
}

/** A message in a folder. A move makes a new item of it, with a new id, as Exchange does. */
export interface Item {
  readonly id: string
  /** What Graph calls the message when asked for immutable ids: it stays through every move. */
  readonly immutableId: string
  readonly folder: Folder
  /** Its number in the folder for IMAP; it changes with the folder's `uidValidity` only. */
  uid: number
  /** RFC 5322 octets as the mailbox holds them. */
  raw: Buffer
  /** Of `raw`. */
  summary: Summary
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
  /** Whether its author asked for a read receipt and has had none. */
  isReceiptPending: boolean
  importance: string
  categories: string[]
  /** The flags of IMAP that stand nowhere else: \Answered, \Flagged, \Deleted and $MDNSent. */
  flags: Set<string>
  /** Set by clients, as they wrote it; by the key of `ExtendedProperty`. */
  extended: Map<string, string | string[]>
  modifiedAt: number
  /** Sequence in the mailbox of its creation, of its last change, and of the last one that was not the read flag alone. */
  readonly createdSequence: number
  changedSequence: number
  contentSequence: number
}

/** What the creator of an item decides. */
export interface ItemContent {
  raw: Buffer
  /** Of the same message at its former place. */
  immutableId?: string
  /** When the caller has it already. */
  summary?: Summary
  itemClass?: string
  isRead?: boolean
  isDraft?: boolean
  isDelivered?: boolean
  isInternal?: boolean
  isReceiptPending?: boolean
  importance?: string
  categories?: string[]
  flags?: Set<string>
  extended?: Map<string, string | string[]>
  /** Milliseconds since the epoch; default: now. */
  receivedAt?: number
}

export function createFolder(
  fields: Pick<Folder, 'id' | 'parent' | 'wellKnown' | 'displayName' | 'folderClass' | 'createdSequence'>,
): Folder {
  return {
    ...fields,
    items: new Map(),
    log: createChangeLog(),
    uidValidity: fields.createdSequence,
    uidNext: 1,
    recentFrom: 1,
    isSubscribed: true,
  }
}

/** `Inbox/Processed`: the names from below the top of the information store, which stands below the root. */
export function folderPath(folder: Folder): string {
  return folder.parent?.parent?.parent
    ? `${folderPath(folder.parent)}/${folder.displayName}`
    : folder.displayName
}
