import type { Log } from '../../lib/log.ts'
import type { ProxySettings } from '../../lib/proxy-settings.ts'
import type { TokenSource } from '../../oauth/token-source.ts'

export interface MailServer {
  host: string
  port: number
  /** TLS from the first byte, or begun by STARTTLS, without which nothing is sent. */
  security: 'ssl' | 'starttls'
}

export interface ImapSettings {
  imap: MailServer
  smtp: MailServer
  /** Who signs in: with OAuth the mailbox itself, with a password whatever the server wants. */
  user: string
  /** SMTP address of the mailbox, as texts name it. */
  address: string
  /** PEM of a certification authority beside the system's own ones. */
  extraCa: string | null
  proxy: ProxySettings | null
  /** What we call ourselves, where a server asks for it. */
  userAgent: string
  /** Name of the folder under INBOX into which settled messages are moved; any Unicode. */
  processedFolder: string
  watchJunk: boolean
  /** A larger message is not fetched. */
  maxMessageBytes: number
  /**
   * Whether we put a copy of what was sent into Sent. Servers that submit for their own mailboxes (Exchange) do it
   * themselves, and then it is left to them.
   */
  saveSent: boolean
}

/** A password, or access tokens that are presented by XOAUTH2 or OAUTHBEARER (RFC 7628). */
export type Credential = { password: string } | { tokens: TokenSource }

export interface ImapParts {
  credential: Credential
  log: Log
}
