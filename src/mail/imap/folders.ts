import type { ListResponse } from 'imapflow'
import type { ImapConnection } from './imap-connection.ts'

/** INBOX is the one name that every server has (RFC 9051, 5.1). */
export const inboxPath = 'INBOX'

/** Attributes of RFC 6154; where a server gives none (Exchange), imapflow knows the usual names in most languages. */
type SpecialUse = '\\Junk' | '\\Sent' | '\\Drafts' | '\\Trash'

/** Exchange's Outbox has no attribute, and is shown in the language of the mailbox. */
const outboxNames = new Set(['outbox', "boîte d'envoi", 'boîte d’envoi'])

/** The path of the folder with this use; null when there is none. */
export async function pathOf(connection: ImapConnection, use: SpecialUse): Promise<string | null> {
  return pathWhere(connection, ({ specialUse }) => specialUse === use)
}

export async function outboxPath(connection: ImapConnection): Promise<string | null> {
  return pathWhere(connection, ({ name }) => outboxNames.has(name.toLowerCase()))
}

/** Where the folder of this name lies, or belongs: under INBOX, where INBOX may have folders. */
export async function pathUnderInbox(connection: ImapConnection, name: string): Promise<string> {
  const inbox = (await connection.folders()).find(({ path }) => path === inboxPath)
  const flags = [...(inbox?.flags ?? [])].map((flag) => flag.toLowerCase())
  return inbox === undefined || flags.includes('\\noinferiors')
    ? name
    : `${inboxPath}${inbox.delimiter}${name}`
}

/** Whether there is such a folder now. */
export async function hasFolder(connection: ImapConnection, path: string): Promise<boolean> {
  const folders = await connection.command((client) => client.list({ listOnly: true }))
  return folders.some((folder) => folder.path === path)
}

async function pathWhere(
  connection: ImapConnection,
  isWanted: (folder: ListResponse) => boolean,
): Promise<string | null> {
  return (await connection.folders()).find(isWanted)?.path ?? null
}
