import type { Folder } from '../message.ts'

/** Graph's names of the folders that it has by itself, in every language. */
export const wellKnownFolders: Record<Exclude<Folder, 'processed'>, string> = {
  inbox: 'inbox',
  junk: 'junkemail',
  deleted: 'deleteditems',
}

/** Addresses of one mailbox's resources, below the version. Ids and addresses are escaped: a UPN may hold `#` or `'`. */
export interface MailboxPaths {
  folder(name: string): string
  message(id: string): string
  messages: string
  /** The messages of the Inbox, as a subscription names them. */
  newMail: string
}

export function mailboxPaths(user: string): MailboxPaths {
  const base = `/users/${encodeURIComponent(user)}`
  return {
    folder: (name) => `${base}/mailFolders/${encodeURIComponent(name)}`,
    message: (id) => `${base}/messages/${encodeURIComponent(id)}`,
    messages: `${base}/messages`,
    newMail: `${base.replaceAll('%40', '@')}/mailFolders('inbox')/messages`,
  }
}

/** A string in an OData expression, escaped for the query of a URL. */
export function odataString(value: string): string {
  return encodeURIComponent(`'${value.replaceAll("'", "''")}'`)
}
