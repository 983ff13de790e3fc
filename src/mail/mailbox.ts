/**
 * The mailbox port: all that the product asks of a mailbox, whatever stands behind it (EWS, Graph, IMAP and SMTP).
 * Adapters live beside this file, one folder each; nothing above them sees a SOAP fault, a Graph body or an IMAP
 * response. Batches never throw half-way: what failed is named item by item. A call that failed as a whole throws
 * `MailError`.
 */
import type { MailError } from './errors.ts'
import type { RawMessage } from './message.ts'

/** What a message shows before it is fetched: enough to say whether it is ours (promise 9). */
export interface MessageHead {
  subject: string
  /** In-Reply-To and References, with angle brackets. */
  references: string[]
  /** Addresses in To and Cc, as far as the provider tells. */
  recipients: string[]
  itemClass: string | null
}

/** Says of each message, in order, whether it is ours to read, from its head alone. Asked a page at a time. */
export type AreOurs = (heads: MessageHead[]) => Promise<boolean[]>

/** How a message is put aside once it is stored. */
export type SettleMode = 'move' | 'mark-read' | 'delete'

export interface ReceiveRequest {
  /** What the last `receive` returned; null on the first call, which then starts from `startFrom`. */
  cursor: string | null
  /** Mail received before this is never read beyond its head, answered or moved. */
  startFrom: Date
  areOurs: AreOurs
  /**
   * Which of these provider ids are stored already, noted as failed, or were left alone: they are skipped. Asked in
   * every call, because a page of the mailbox is looked at again until all of it is returned.
   */
  isKnown(providerIds: string[]): Promise<Set<string>>
  /** At most so many messages are returned, and so many bytes; one message always is, however large. */
  limit: { messages: number; bytes: number }
  signal: AbortSignal
}

export interface FetchRequest {
  providerIds: string[]
  areOurs: AreOurs
  signal: AbortSignal
}

export interface FailedItem {
  providerId: string
  error: MailError
  /** Where its listing told. */
  receivedAt?: Date
  /** What it shows, of a message that is too large to be fetched: somebody is to be told. */
  head?: MessageHead
}

export interface Received {
  messages: RawMessage[]
  /** Items that are ours, or may be, and could not be read. The caller keeps them and retries with `fetch`. */
  failed: FailedItem[]
  cursor: string
  /** Whether the mailbox has more to give at once. */
  more: boolean
}

export interface SettleOutcome {
  providerId: string
  /** The id after a move; null when the provider did not tell or the message is gone. */
  newProviderId: string | null
  /** Null when settled. Already gone counts as settled. */
  error: MailError | null
}

/** A message to send: complete MIME, with the Message-ID that we chose. */
export interface Sendable {
  /** With angle brackets, equal to the header in `mime`. */
  messageId: string
  mime: Uint8Array
}

/** `messageId` is the one that the message goes by from now on: the provider may have put its own in place of ours. */
export type SendOutcome =
  | { messageId: string; outcome: 'sent'; providerId: string | null }
  /** The call may have succeeded: ask `findSent` before a resend. */
  | { messageId: string; outcome: 'unknown'; error: MailError }
  | { messageId: string; outcome: 'failed'; error: MailError }

export type SentSearch = 'found' | 'absent' | 'cannot-tell'

/** One step of the doctor. Titles and mends are told by the catalogue under `doctor.<id>`. */
export interface Check {
  id: string
  outcome: 'ok' | 'warning' | 'failed' | 'skipped'
  /** Evidence, in the provider's words; holds no credential. */
  evidence: string
  error: MailError | null
}

/** What a provider is asked for that tells of new mail by calling us. */
export interface SubscriptionRequest {
  notificationUrl: string
  /** Where it tells what befalls the subscription itself. */
  lifecycleUrl: string
  /** Comes with each of its calls, which are known by it: a secret, of at most 128 characters. */
  clientState: string
  /** At most `lifeMs` from now. */
  until: Date
}

/** Subscriptions to new mail, at a provider that tells of it by calling us. Each ends by itself unless it is renewed. */
export interface Subscriptions {
  /** The longest life that may be asked for, in milliseconds. */
  lifeMs: number
  /** The provider calls both addresses before it answers. It may have ended the life earlier than it was asked. */
  create(request: SubscriptionRequest, signal: AbortSignal): Promise<{ providerId: string; expiresAt: Date }>
  /** Its new end; null when the provider knows the subscription no more. */
  renew(providerId: string, until: Date, signal: AbortSignal): Promise<Date | null>
  /** What is gone already counts as removed. */
  remove(providerId: string, signal: AbortSignal): Promise<void>
}

export interface Mailbox {
  receive(request: ReceiveRequest): Promise<Received>
  /** Fetches single messages again, whose fetch failed earlier. What is gone, or not ours, is in neither list. */
  fetch(request: FetchRequest): Promise<{ messages: RawMessage[]; failed: FailedItem[] }>
  /** One outcome per id, in order. */
  settle(providerIds: string[], mode: SettleMode, signal: AbortSignal): Promise<SettleOutcome[]>
  /** One outcome per message, in order. */
  send(messages: Sendable[], signal: AbortSignal): Promise<SendOutcome[]>
  /** Looks in Sent Items, Outbox and Drafts for a message of ours. */
  findSent(messageId: string, signal: AbortSignal): Promise<SentSearch>
  /**
   * Returns when new mail may have arrived, or after a while without any; throws `MailError` when the provider
   * cannot push. Polling is always beneath it.
   */
  wait(signal: AbortSignal): Promise<void>
  /** How the provider is asked to call us when mail arrives; null when it does not do so. */
  subscriptions: Subscriptions | null
  diagnose(signal: AbortSignal): AsyncIterable<Check>
  close(): Promise<void>
}
