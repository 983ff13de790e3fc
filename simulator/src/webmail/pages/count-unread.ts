import type { WebmailBackend } from '../backend.ts'

/** Exchange's name of the folder new mail arrives in. */
export const inbox = 'Inbox'

/** How many messages of a mailbox's Inbox are unread. */
export function countUnread(backend: WebmailBackend, address: string): number {
  return backend.listMessages(address, inbox).filter(({ isRead }) => !isRead).length
}
