/** A mailbox as the switcher shows it. `locale` (BCP 47, e.g. `fr-CA`) decides how its dates are written. */
export type WebmailMailbox = {
  readonly address: string
  readonly displayName: string
  readonly locale: string
}

/** One line of a message list. `from` and `to` are display strings; `size` is in octets of the raw message. */
export type WebmailSummary = {
  readonly id: string
  readonly subject: string
  readonly from: string
  readonly to: string
  readonly receivedAt: Date
  readonly isRead: boolean
  readonly size: number
}

/** A stored message with its raw RFC 5322 octets. */
export type WebmailMessage = {
  readonly raw: Uint8Array
  readonly isRead: boolean
  readonly folder: string
  readonly receivedAt: Date
}

/**
 * What the webmail needs to know of the place where mail is kept. The simulator's store implements it; the
 * tests bring a small one of their own. Addresses given to it always come from `listMailboxes`.
 */
export type WebmailBackend = {
  /** Mailboxes a person may play, in the order to show them. */
  listMailboxes(): readonly WebmailMailbox[]
  /** Display names of the folders, in the order to show them, Exchange's English names (`Inbox`, `Sent Items`). */
  listFolders(address: string): readonly string[]
  /** Messages of a folder, newest first; empty when the folder does not exist. */
  listMessages(address: string, folder: string): readonly WebmailSummary[]
  /** The message, or null when it is not (any more) in this mailbox. */
  readMessage(address: string, id: string): WebmailMessage | null
  /** Marks as read; a message that is gone is not an error. */
  markRead(address: string, id: string): void
  /** Takes a message from its owner as Outlook would. Throws an `Error` whose message a person can read when refused. */
  submit(address: string, raw: Uint8Array): Promise<void>
  /** Calls `listener` after each change of the mailbox until the returned function is called. */
  onChange(address: string, listener: () => void): () => void
}
