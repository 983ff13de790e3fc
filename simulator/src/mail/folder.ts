import { type ChangeLog, createChangeLog } from './change-log.ts'
import type { Item } from './item.ts'

/** The folders every mailbox has: the id a client names them by, and the name it shows. */
export const wellKnownFolders = {
  msgfolderroot: 'Top of Information Store',
  inbox: 'Inbox',
  drafts: 'Drafts',
  sentitems: 'Sent Items',
  outbox: 'Outbox',
  deleteditems: 'Deleted Items',
  junkemail: 'Junk Email',
} as const

export type WellKnownFolder = keyof typeof wellKnownFolders

export interface Folder {
  readonly id: string
  readonly parent: Folder | null
  readonly wellKnown: WellKnownFolder | null
  readonly displayName: string
  readonly folderClass: string
  /** Sequence in the mailbox of its creation. */
  readonly createdSequence: number
  /** By id, oldest first. */
  readonly items: Map<string, Item>
  readonly log: ChangeLog
}

export function createFolder(
  fields: Pick<Folder, 'id' | 'parent' | 'wellKnown' | 'displayName' | 'folderClass' | 'createdSequence'>,
): Folder {
  return { ...fields, items: new Map(), log: createChangeLog() }
}

/** `Inbox/Processed`: the names from below the root. */
export function folderPath(folder: Folder): string {
  return folder.parent?.parent ? `${folderPath(folder.parent)}/${folder.displayName}` : folder.displayName
}
