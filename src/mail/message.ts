/**
 * Mail as the rest of the product sees it: what a mailbox hands over (raw message) and what parsing makes of it
 * (parsed message). Types only; RFC 5322 names.
 */

/** Where mail arrives. What lies in Junk is never more than held. */
export type ArrivalFolder = 'inbox' | 'junk'

/** Into which folder settled messages were moved: Processed, or Deleted Items. Never from Junk, which they do not leave. */
export type AsideFolder = 'processed' | 'deleted'

/** Where in the mailbox a message was found. */
export type Folder = ArrivalFolder | AsideFolder

/** One message as a mailbox adapter delivers it. */
export interface RawMessage {
  /** The provider's id (EWS ItemId, Graph immutable id, IMAP uidvalidity:uid). Unique within the mailbox. */
  providerId: string
  folder: Folder
  /** When the mailbox received it: the server's clock, not the sender's Date header. */
  receivedAt: Date
  /** The RFC 5322 octets. */
  raw: Uint8Array
  /**
   * Whether `raw` holds the octets as they travelled. False for EWS, which regenerates MIME from its store, so that
   * DKIM signatures cannot be verified over it.
   */
  originalOctets: boolean
  /** The header block as it travelled (PR_TRANSPORT_MESSAGE_HEADERS), where the provider keeps it beside the MIME. */
  transportHeaders: string | null
  /** Exchange's item class (`IPM.Note`, `REPORT.IPM.Note.NDR` …); null where the provider has none. */
  itemClass: string | null
}

export interface MailAddress {
  /** The display name, decoded; empty when absent. Never evidence of who somebody is. */
  name: string
  /** addr-spec as written; compare with `foldAddress`. */
  address: string
}

export interface MailHeader {
  /** Lower-cased field name. */
  name: string
  /** Unfolded, not decoded. */
  value: string
}

export interface Attachment {
  filename: string | null
  mimeType: string
  /** Of a calendar part: `REQUEST`, `REPLY` … (RFC 6047); null for anything else. */
  method: string | null
  size: number
}

/** What comes back of a mail of ours, as far as it tells which one it was. */
export interface ReturnedHead {
  /** With angle brackets. */
  messageId: string | null
  subject: string
  /** Addresses, lower-cased. */
  replyTo: string[]
}

/** What a delivery status notification (RFC 3464) says of the recipient that it is about. */
export interface DeliveryReport {
  /** `failed`, `delayed`, `delivered`, `relayed` or `expanded`. */
  action: string
  /** RFC 3463 status, such as `5.1.1`; null when the report holds none. */
  status: string | null
  recipient: string | null
  /** What the server that refused it said, on one line of at most 500 characters; null when it is not told. */
  diagnostic: string | null
  /** Message-ID of the message reported on, from the returned headers; else of what the report answers to, or null. */
  originalMessageId: string | null
  /** Null when nothing of the message came back. */
  returned: ReturnedHead | null
}

/**
 * What keeps a message from being read. `encrypted`: to people, or under rights management. `damaged`: its structure can
 * be read in several ways, and it is not known which of them anybody saw. `winmail`: beside the text, if there is one,
 * it is in a format that Outlook alone knows (TNEF).
 */
export type Obstacle = 'encrypted' | 'damaged' | 'winmail'

/** A message after MIME parsing. Nothing in it is trusted yet. */
export interface ParsedMessage {
  /** With angle brackets; null when missing. Chosen by the sender, so it identifies nothing by itself. */
  messageId: string | null
  inReplyTo: string | null
  /** Message-IDs in order, with angle brackets. */
  references: string[]
  /** Every address of every From header: a forger may give two. */
  from: MailAddress[]
  sender: MailAddress | null
  replyTo: MailAddress[]
  /** To and Cc together. */
  to: MailAddress[]
  subject: string
  /** The sender's clock; null when missing or unreadable. */
  date: Date | null
  /** All headers of the message, topmost first: the transport headers where the provider gave them. */
  headers: MailHeader[]
  /** The body in plain text; null when there is none, or a part of it is HTML only. */
  text: string | null
  /** The body in HTML; null when it is all plain text, or there is none. */
  html: string | null
  /** Whether the body stops short of what was sent: the message breaks off, or holds more text than is kept. */
  isCut: boolean
  obstacle: Obstacle | null
  attachments: Attachment[]
  itemClass: string | null
  /** Set for a multipart/report with a delivery status. */
  deliveryReport: DeliveryReport | null
}
