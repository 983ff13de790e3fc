import type { Mailbox } from '../mail/mailbox.ts'

/** An open connection of IMAP or SMTP, as the world counts it. */
export interface Session {
  readonly protocol: 'imap' | 'smtp'
  /** Whom it has let in, and `null` before. */
  mailbox: Mailbox | null
  /** Ends the connection at once. */
  cut(): void
}

/** How many others of its protocol are in the same mailbox. */
export function countOthers(sessions: Set<Session>, session: Session, mailbox: Mailbox): number {
  let others = 0
  for (const one of sessions) {
    if (one !== session && one.protocol === session.protocol && one.mailbox === mailbox) others += 1
  }
  return others
}
