import type { Connection } from '../line-protocol/connection.ts'
import type { Session } from '../line-protocol/session.ts'
import type { View } from './view.ts'

/** An IMAP connection and what it has come to. */
export interface ImapSession extends Session {
  readonly protocol: 'imap'
  readonly connection: Connection
  /** `false`: authenticated, but without a way into the mailbox. */
  isConnected: boolean
  /** The selected folder. */
  view: View | null
}
