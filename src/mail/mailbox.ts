/**
 * The mailbox port: all that the product asks of a mailbox, whatever stands behind it (EWS, Graph, IMAP and SMTP).
 * Adapters live beside this file, one folder each; nothing above them sees a SOAP fault, a Graph body or an IMAP
 * response. Batches never throw half-way: what failed is named item by item. A call that failed as a whole throws
 * `MailError`.
 */
import type { MailError } from './errors.ts'
import type { AsideFolder, RawMessage } from './message.ts'

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
  /**
   * Where is looked beside Inbox and Junk: among what was put aside, as long as a mailbox is read again that is newer than
   * its database. The cursor says how far in these, too.
   */
  alsoIn?: readonly AsideFolder[]
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
  /** Where they may lie beside Inbox and Junk. */
  alsoIn?: readonly AsideFolder[]
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

/** A text of the catalogue with its values: what a finding means, or what is to be done about it. */
export interface Mend {
  /** With its namespace: `mail-errors:token.wrong-secret`. */
  key: string
  /** Never a credential. */
  values: Record<string, string>
}

/** What a step has learnt beside its outcome, for the steps after it. */
export interface CheckFacts {
  /** The server's clock, as its answer told a moment ago. */
  serverTime?: Date
  /** Object id of the application's service principal, which Exchange's commands name it by. */
  servicePrincipalId?: string
  /** Application permissions in the access token. */
  roles?: string[]
}

export interface Finding {
  outcome: 'ok' | 'warning' | 'failed'
  /** In the provider's words; holds no credential. */
  evidence: string
  /** Null when nothing needs to be said. */
  mend: Mend | null
  facts: CheckFacts
}

/** One step of the doctor. The catalogue has its title under `doctor:check.<id>`. */
export interface CheckStep {
  id: string
  /** Steps that must not have failed for this one to mean anything. Those that are not taken at all do not count. */
  needs: readonly string[]
  /** Changes nothing in the mailbox. A `MailError` that it throws is a failure found. */
  run(signal: AbortSignal): Promise<Finding>
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
  /** Looks in Sent Items, Outbox and Drafts for a message of ours. Throws `MailError` when it cannot be asked. */
  findSent(messageId: string, signal: AbortSignal): Promise<SentSearch>
  /**
   * Returns when new mail may have arrived, or after a while without any; throws `MailError` when the provider
   * cannot push. Polling is always beneath it.
   */
  wait(signal: AbortSignal): Promise<void>
  /** How the provider is asked to call us when mail arrives; null when it does not do so. */
  subscriptions: Subscriptions | null
  /** The steps by which the way to this mailbox is checked, in order. */
  checks(): CheckStep[]
  /**
   * Whether what opens this mailbox opens the one with that address too. Throws `MailError` when that cannot be told.
   * Null where a credential is one mailbox's own.
   */
  opensAnother: ((address: string, signal: AbortSignal) => Promise<boolean>) | null
  close(): Promise<void>
}
