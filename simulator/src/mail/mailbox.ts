import type { Tenant } from '../tenant.ts'
import { checkQuota } from './check-quota.ts'
import { createFolder, type Folder, folderPath, type Item, type ItemContent } from './folder.ts'
import { createIdMaker, type IdMaker } from './ids.ts'
import { summarise } from './summarise.ts'
import { type WellKnownFolder, wellKnownFolders } from './well-known-folders.ts'

export interface Mailbox {
  /** Primary SMTP address, lower-case. */
  readonly address: string
  readonly aliases: string[]
  readonly displayName: string
  readonly locale: string
  /** `null`: a mailbox outside Microsoft 365. */
  readonly tenant: Tenant | null
  /** Of its owner, for HTTP Basic; `null` closes that door. */
  password: string | null
  /** Whether its licence carries the right to EWS. */
  ewsEnabled: boolean
  /** Whether Graph may reach it: `false` is a mailbox that is on the own premises or without a licence. */
  graphEnabled: boolean
  imapEnabled: boolean
  /** Whether SMTP AUTH is off; `null`: as its organisation has it. */
  smtpAuthDisabled: boolean | null
  readonly folders: Map<string, Folder>
  /** Every item of every folder, by id. */
  readonly items: Map<string, Item>
  /** The same ones, by immutable id. */
  readonly itemsByImmutableId: Map<string, Item>
  /** Beyond its quota: it takes and sends nothing. */
  isFull: boolean
  /** Out-of-office, when it is on. */
  automaticReply: AutomaticReply | null
  /** Synchronisation states of an earlier age are refused. */
  syncAge: number
  /** Moments of the last sends, for MessageRateLimit. */
  sentAt: number[]
  /** Recipients of the last sends, for RecipientRateLimit. */
  recipientsAt: { at: number; count: number }[]
  /**
   * X- headers seen before, with the sequence of the first mail that carried them: that one only registers the name,
   * later ones have the value as a named property.
   */
  readonly headerNames: Map<string, number>
  readonly listeners: Set<(event: MailboxEvent) => void>
  readonly ids: IdMaker
  readonly now: () => number
  /** Rises with every change; orders everything that happens in this mailbox. */
  sequence: number
}

interface AutomaticReply {
  text: string
  /** Replaces Exchange's own subject. */
  subject?: string
  /** Senders who had it already: Exchange answers each once. */
  answered: Set<string>
}

/** A change as notifications name it. `from` is the place an item was moved or copied from. */
export interface MailboxEvent {
  kind: 'NewMail' | 'Created' | 'Modified' | 'Deleted' | 'Moved' | 'Copied'
  mailbox: Mailbox
  item: Item
  from?: Item
}

export function createMailbox(
  fields: Pick<Mailbox, 'address' | 'aliases' | 'displayName' | 'locale' | 'tenant' | 'now'> & {
    onEvent: (event: MailboxEvent) => void
  },
): Mailbox {
  const { onEvent, ...identity } = fields
  const mailbox: Mailbox = {
    ...identity,
    password: null,
    ewsEnabled: true,
    graphEnabled: true,
    imapEnabled: true,
    smtpAuthDisabled: null,
    syncAge: 0,
    folders: new Map(),
    items: new Map(),
    itemsByImmutableId: new Map(),
    isFull: false,
    automaticReply: null,
    sentAt: [],
    recipientsAt: [],
    headerNames: new Map(),
    listeners: new Set([onEvent]),
    ids: createIdMaker(),
    sequence: 0,
  }
  const names = Object.keys(wellKnownFolders) as WellKnownFolder[]
  for (const name of names) openFolder(mailbox, { wellKnown: name, displayName: wellKnownFolders[name] })
  return mailbox
}

/**
 * Adds a folder; without a parent it stands at the top of what the owner sees. The caller has made sure that the name
 * is free.
 */
export function openFolder(
  mailbox: Mailbox,
  fields: { displayName: string; parent?: Folder; wellKnown?: WellKnownFolder; folderClass?: string },
): Folder {
  mailbox.sequence += 1
  const folder = createFolder({
    id: mailbox.ids.folder(mailbox.sequence),
    parent: fields.parent ?? usualParent(mailbox, fields.wellKnown),
    wellKnown: fields.wellKnown ?? null,
    displayName: fields.displayName,
    folderClass: fields.folderClass ?? 'IPF.Note',
    createdSequence: mailbox.sequence,
  })
  mailbox.folders.set(folder.id, folder)
  return folder
}

function usualParent(mailbox: Mailbox, name: WellKnownFolder | undefined): Folder | null {
  if (name === 'root') return null
  return wellKnownFolder(mailbox, name === 'msgfolderroot' ? 'root' : 'msgfolderroot')
}

export function wellKnownFolder(mailbox: Mailbox, name: WellKnownFolder): Folder {
  for (const folder of mailbox.folders.values()) if (folder.wellKnown === name) return folder
  throw new Error(`${mailbox.address} lacks its ${name}`)
}

/** The folders that their owner sees: all below the top of the information store. */
export function visibleFolders(mailbox: Mailbox): Folder[] {
  return [...mailbox.folders.values()].filter((folder) => folder.parent?.parent)
}

export function childFolders(mailbox: Mailbox, parent: Folder): Folder[] {
  return [...mailbox.folders.values()].filter((folder) => folder.parent === parent)
}

/** The folder that a path such as `Inbox/Processed` or a well-known name such as `sentitems` means. */
export function findFolder(mailbox: Mailbox, name: string): Folder | undefined {
  const wanted = name.toLowerCase()
  return [...mailbox.folders.values()].find(
    (folder) => folder.wellKnown === wanted || folderPath(folder).toLowerCase() === wanted,
  )
}

/** Gives a folder another name or place; the caller has made sure that it is free, and not below the folder itself. */
export function renameFolder(folder: Folder, to: { parent: Folder; displayName: string }): void {
  Object.assign(folder, to)
}

/** Takes a folder out of the mailbox for good, with what is in it. */
export function removeFolder(mailbox: Mailbox, folder: Folder): void {
  for (const child of childFolders(mailbox, folder)) removeFolder(mailbox, child)
  for (const item of folder.items.values()) removeItem(mailbox, item)
  mailbox.folders.delete(folder.id)
}

/** Begins IMAP's numbering of a folder anew, as the move of a mailbox to another server may: every UID known so far is void. */
export function renumberFolder(folder: Folder): void {
  folder.uidValidity += 1
  folder.uidNext = 1
  folder.recentFrom = 1
  for (const item of folder.items.values()) {
    item.uid = folder.uidNext
    folder.uidNext += 1
  }
}

/** Puts a new message into a folder and tells the listeners. */
export function addItem(
  mailbox: Mailbox,
  folder: Folder,
  content: ItemContent,
  kind: 'NewMail' | 'Created' = 'Created',
): Item {
  const item = insert(mailbox, folder, content)
  announce(mailbox, { kind: 'Created', mailbox, item })
  if (kind === 'NewMail') announce(mailbox, { kind, mailbox, item })
  return item
}

/** Moves an item: the old id is gone, the new item is the answer. */
export function moveTo(
  mailbox: Mailbox,
  item: Item,
  folder: Folder,
  change: Partial<ItemContent> = {},
): Item {
  takeOut(mailbox, item)
  const summary = change.raw ? summarise(change.raw) : item.summary
  const moved = insert(mailbox, folder, { ...contentOf(item), summary, ...change })
  announce(mailbox, { kind: 'Moved', mailbox, item: moved, from: item })
  return moved
}

/** @throws MailRefused for a full mailbox */
export function copyTo(mailbox: Mailbox, item: Item, folder: Folder): Item {
  checkQuota(mailbox)
  const { immutableId: _, ...content } = contentOf(item)
  const copy = insert(mailbox, folder, content)
  announce(mailbox, { kind: 'Copied', mailbox, item: copy, from: item })
  return copy
}

export function removeItem(mailbox: Mailbox, item: Item): void {
  takeOut(mailbox, item)
  announce(mailbox, { kind: 'Deleted', mailbox, item })
}

/** Records that the caller changed an item: new ChangeKey, entry in the log, notification. */
export function touchItem(mailbox: Mailbox, item: Item, change: { readFlagOnly: boolean }): void {
  mailbox.sequence += 1
  item.changedSequence = mailbox.sequence
  if (!change.readFlagOnly) item.contentSequence = mailbox.sequence
  item.modifiedAt = mailbox.now()
  item.folder.log.changed(item)
  announce(mailbox, { kind: 'Modified', mailbox, item })
}

function insert(mailbox: Mailbox, folder: Folder, content: ItemContent): Item {
  mailbox.sequence += 1
  const now = mailbox.now()
  const item: Item = {
    id: mailbox.ids.item(mailbox.sequence),
    immutableId: content.immutableId ?? mailbox.ids.immutable(mailbox.sequence),
    folder,
    uid: folder.uidNext,
    raw: content.raw,
    summary: content.summary ?? summarise(content.raw),
    receivedAt: content.receivedAt ?? now,
    sentAt: content.receivedAt ?? now,
    createdAt: now,
    modifiedAt: now,
    itemClass: content.itemClass ?? 'IPM.Note',
    isRead: content.isRead ?? false,
    isDraft: content.isDraft ?? false,
    isDelivered: content.isDelivered ?? false,
    isInternal: content.isInternal ?? false,
    isReceiptPending: content.isReceiptPending ?? false,
    importance: content.importance ?? 'Normal',
    categories: content.categories ?? [],
    flags: content.flags ?? new Set(),
    extended: content.extended ?? new Map(),
    createdSequence: mailbox.sequence,
    changedSequence: mailbox.sequence,
    contentSequence: mailbox.sequence,
  }
  folder.uidNext += 1
  mailbox.items.set(item.id, item)
  mailbox.itemsByImmutableId.set(item.immutableId, item)
  folder.items.set(item.id, item)
  folder.log.created(item)
  return item
}

function takeOut(mailbox: Mailbox, item: Item): void {
  mailbox.sequence += 1
  mailbox.items.delete(item.id)
  mailbox.itemsByImmutableId.delete(item.immutableId)
  item.folder.items.delete(item.id)
  item.folder.log.removed(item, mailbox.sequence)
}

/** What of an item goes on when it is moved, copied or kept for later. */
export function contentOf(item: Item): ItemContent {
  const { raw, immutableId, summary, itemClass, isRead, isDraft, isDelivered } = item
  const { isInternal, isReceiptPending, importance, receivedAt } = item
  return {
    raw,
    immutableId,
    summary,
    itemClass,
    isRead,
    isDraft,
    isDelivered,
    isInternal,
    isReceiptPending,
    importance,
    receivedAt,
    categories: [...item.categories],
    flags: new Set(item.flags),
    extended: new Map(item.extended),
  }
}

function announce(mailbox: Mailbox, event: MailboxEvent): void {
  for (const listener of mailbox.listeners) listener(event)
}
