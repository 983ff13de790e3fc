/** What an administrator sets for one mailbox, without its secret (DESIGN section 2). Types only. */
export type MailboxSettings = ExchangeOnlineSettings | ImapSmtpSettings

/** A mailbox of Exchange Online, over Microsoft Graph or Exchange Web Services. */
export interface ExchangeOnlineSettings extends CommonSettings, OAuthSettings {
  type: 'exchange-online-graph' | 'exchange-online-ews'
  /** `graph.microsoft.com`, `outlook.office365.com` or an own domain; a port may follow. */
  host: string
  security: 'ssl'
}

/** Any other mailbox: read over IMAP, sent from over SMTP. */
export interface ImapSmtpSettings extends CommonSettings {
  type: 'imap-smtp'
  imap: MailServer
  smtp: MailServer
  /** Whether we put a copy of what was sent into Sent. */
  saveSent: boolean
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
  scope: string
  tokenEndpoint: string
}

interface CommonSettings {
  /** PEM of a certification authority beside the system's own ones. */
  extraCa: string | null
  defaultReplyTo: string
  user: string
  /** What recipients see beside the address. */
  displayName: string
  pollIntervalSeconds: number
  settleMode: 'move' | 'mark-read' | 'delete'
  watchJunk: boolean
  sendConfirmations: boolean
  /** Whether the mailbox takes `local+tag@domain`; an organisation may have switched it off. */
  plusAddressing: boolean
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
