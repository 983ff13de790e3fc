import type { Connection } from '../line-protocol/connection.ts'
import type { Session } from '../line-protocol/session.ts'

/** An SMTP connection and what it has come to. */
export interface SmtpSession extends Session {
  readonly protocol: 'smtp'
  readonly connection: Connection
  /** Whether a login waits for STARTTLS. */
  readonly needsTls: boolean
  /** The name of the client, once it has said EHLO. */
  greeted: string | null
  /** The message on its way. */
  transaction: Transaction | null
}

export interface Transaction {
  sender: string
  recipients: string[]
  /** What BDAT has brought so far. */
  chunks: Buffer[]
}
