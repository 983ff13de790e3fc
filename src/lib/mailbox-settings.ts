/** What an administrator sets for one mailbox, without its secret (DESIGN section 2). Types only. */
export interface MailboxSettings {
  type: 'exchange-online-ews'
  /** `outlook.office365.com` or an own domain; a port may follow. */
  host: string
  security: 'ssl'
  /** PEM of a certification authority beside the system's own ones. */
  extraCa: string | null
  defaultReplyTo: string
  user: string
  /** What recipients see beside the address. */
  displayName: string
  clientId: string
  /** ISO date on which the administrator must have replaced the secret. */
  clientSecretExpiresOn: string | null
  scope: string
  tokenEndpoint: string
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
