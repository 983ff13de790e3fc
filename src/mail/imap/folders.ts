import type { ListResponse } from 'imapflow'
import type { Folder } from '../message.ts'
import type { ImapConnection } from './imap-connection.ts'

/** Says which folder is meant, by its path on this server; null when it has none such. */
export type Where = (connection: ImapConnection) => string | null

/** INBOX is the one name that every server has (RFC 9051, 5.1). */
export const inboxPath = 'INBOX'

/** Exchange's Outbox has no attribute, and is shown in the language of the mailbox. */
const outboxNames = new Set(['outbox', "boîte d'envoi", 'boîte d’envoi'])

export const inbox: Where = () => inboxPath
export const junk = withUse('\\Junk')
export const sent = withUse('\\Sent')
export const drafts = withUse('\\Drafts')
export const trash = withUse('\\Trash')
export const outbox = first(({ name }) => outboxNames.has(name.toLowerCase()))

/** Where the folder of this name lies, or belongs: under INBOX, where INBOX may have folders. */
export function pathUnderInbox({ folders }: ImapConnection, name: string): string {
  const parent = folders.find(({ path }) => path === inboxPath)
  const flags = [...(parent?.flags ?? [])].map((flag) => flag.toLowerCase())
  const mayHaveFolders = parent !== undefined && !flags.includes('\\noinferiors')
  return mayHaveFolders ? `${inboxPath}${parent.delimiter}${name}` : name
}

/** What the folder at a path is to us. Mail counts as lying in Junk unless it lies elsewhere: Junk is the one trusted least. */
export function nameOfFolder(connection: ImapConnection, path: string, processed: string): Folder {
  if (path === inboxPath) return 'inbox'
  if (path === pathUnderInbox(connection, processed)) return 'processed'
  return path === trash(connection) ? 'deleted' : 'junk'
}

/** Whether there is such a folder now. */
export async function hasFolder(connection: ImapConnection, path: string): Promise<boolean> {
  const folders = await connection.command((client) => client.list({ listOnly: true }))
  return folders.some((folder) => folder.path === path)
}

/** By its attribute (RFC 6154); where a server gives none (Exchange), imapflow knows the usual names in most languages. */
function withUse(use: string): Where {
  return first(({ specialUse }) => specialUse === use)
}

function first(isMeant: (folder: ListResponse) => boolean): Where {
  return ({ folders }) => folders.find(isMeant)?.path ?? null
}
