/** What an administrator sets for one mailbox, without its secret (DESIGN section 2). Types only. */
import type { Cloud } from './clouds.ts'

export type MailboxSettings = ExchangeOnlineSettings | ExchangeServerSettings | ImapSmtpSettings

/** A mailbox of Exchange Online, over Microsoft Graph or Exchange Web Services. */
export interface ExchangeOnlineSettings extends CommonSettings, OAuthSettings {
  type: 'exchange-online-graph' | 'exchange-online-ews'
  cloud: Cloud
  /** `graph.microsoft.com`, `outlook.office365.com` or an own domain; a port may follow. */
  host: string
  security: 'ssl'
}

/** A mailbox of an Exchange Server of the organisation's own, over Exchange Web Services with a password. */
export interface ExchangeServerSettings extends CommonSettings {
  type: 'exchange-server-ews'
  /** A port may follow. */
  host: string
  security: 'ssl'
  /** `DOMAIN\user`, a user principal name, or the address. */
  signInName: string
  /** Whether its mark that a message is internal is believed: no relay makes it one that comes from outside. */
  trustInternalMark: boolean
}

/** Any other mailbox: read over IMAP, sent from over SMTP. */
export interface ImapSmtpSettings extends CommonSettings {
  type: 'imap-smtp'
  /** Whose hosts they are; null for a mail server that is not Microsoft's. */
  cloud: Cloud | null
  imap: MailServer
  smtp: MailServer
  /** Whether we put a copy of what was sent into Sent. */
  saveSent: boolean
  /** Who signs in with a password, where that is not the address. */
  signInName: string
  /** Null for a mailbox that is signed in to with a password. */
  oauth: OAuthSettings | null
}

export interface MailServer {
  host: string
  port: number
  security: 'ssl' | 'starttls'
}

/** An application registered in Entra ID, less its secret. */
export interface OAuthSettings {
  clientId: string
  /** ISO date on which the administrator must have replaced the secret. */
  clientSecretExpiresOn: string | null
  /** Null for an application that proves itself by a secret. */
  certificate: CertificateFacts | null
  scope: string
  tokenEndpoint: string
}

/** What everybody may know of a certificate. Thumbprints are of its DER, in upper-case hexadecimal. */
export interface CertificateFacts {
  subject: string
  thumbprintSha256: string
  /** The one that the Entra portal shows. */
  thumbprintSha1: string
  /** ISO 8601, as the end is. */
  notBefore: string
  expiresAt: string
}

interface CommonSettings {
  /** PEM of a certification authority beside the system's own ones. */
  extraCa: string | null
  defaultReplyTo: string
  user: string
  /** What recipients see beside the address. */
  displayName: string
  /** What we call ourselves in front of the provider; policies of a tenant may name it, so it stays what it is. */
  userAgent: string
  pollIntervalSeconds: number
  settleMode: 'move' | 'mark-read' | 'delete'
  watchJunk: boolean
  sendConfirmations: boolean
  /** The sending budget: at most so many mails in any 60 seconds, and to so many recipients in any 24 hours. */
  messagesPerMinute: number
  recipientsPerDay: number
  /** Whether the mailbox takes `local+tag@domain`; an organisation may have switched it off. */
  plusAddressing: boolean
  /** A mailbox that the credential must not open, as the doctor sees to; null when none is known. */
  probeAddress: string | null
  /** Messages are erased so many days after they came in, once their action is closed; null keeps them. */
  keepMessagesDays: number | null
  /** A larger message is not fetched. */
  maxMessageBytes: number
  /** Test mode: every mail goes to this address instead. */
  redirectAllTo: string | null
  /** Tells a copy of the installation from the original. */
  instance: string
  /** IANA name; in which days and hours are told. */
  timeZone: string
}
