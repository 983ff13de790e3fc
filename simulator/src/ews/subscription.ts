import { randomBytes, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Mailbox, MailboxEvent } from '../mail/mailbox.ts'
import { createEventLog, type EventLog } from './event-log.ts'
import { EwsError } from './ews-error.ts'

const SUBSCRIPTIONS_PER_MAILBOX = 20
const STREAMING_IDLE_MINUTES = 30

/** Its time is over; a newer connection takes over; the server has forgotten the subscription; the network breaks. */
export type Disconnect = (reason: 'closed' | 'superseded' | 'lost' | 'cut') => void

/**
 * A streaming subscription has no watermark and no replay: what happens while nobody listens is lost. A pull
 * subscription keeps events until its client asks.
 */
export interface Subscription {
  id: string
  mailbox: Mailbox
  /** Folder ids; `null` for all folders. */
  folders: Set<string> | null
  /** Such as `NewMailEvent`. */
  events: Set<string>
  /** The back-end server that keeps it: without its cookie a request may meet another, which does not know it. */
  affinity: string | null
  /** Of a pull subscription; `null` for a streaming one. */
  log: EventLog | null
  /** It is gone when nobody has listened or asked for so long. */
  idleMinutes: number
  /** Ends the connection that listens now. */
  disconnect: Disconnect | null
  cancelExpiry: () => void
  /** Writes an event of its mailbox into the log. */
  note: (event: MailboxEvent) => void
}

/** Where subscriptions are kept, and the time they end by. */
interface SubscriptionStore {
  clock: Clock
  /** By id. */
  subscriptions: Map<string, Subscription>
}

/** @throws EwsError ErrorExceededSubscriptionCount */
export function addSubscription(
  store: SubscriptionStore,
  fields: Pick<Subscription, 'mailbox' | 'folders' | 'events'> & {
    keepsAffinity: boolean
    /** Makes it a pull subscription. */
    pullTimeoutMinutes?: number
  },
): Subscription {
  const { keepsAffinity, pullTimeoutMinutes, ...rest } = fields
  const held = [...store.subscriptions.values()].filter(({ mailbox }) => mailbox === fields.mailbox)
  if (held.length >= SUBSCRIPTIONS_PER_MAILBOX) throw new EwsError('ErrorExceededSubscriptionCount')
  const subscription: Subscription = {
    ...rest,
    id: randomBytes(48).toString('base64'),
    affinity: keepsAffinity ? randomUUID() : null,
    log: pullTimeoutMinutes === undefined ? null : createEventLog(),
    idleMinutes: pullTimeoutMinutes ?? STREAMING_IDLE_MINUTES,
    disconnect: null,
    cancelExpiry: () => {},
    note: (event) => {
      if (isAbout(subscription, event)) subscription.log?.add(event)
    },
  }
  if (subscription.log) subscription.mailbox.listeners.add(subscription.note)
  store.subscriptions.set(subscription.id, subscription)
  expireWhenIdle(store, subscription)
  return subscription
}

/** Starts the time after which a subscription that nobody uses is gone. */
export function expireWhenIdle(store: SubscriptionStore, subscription: Subscription): void {
  subscription.cancelExpiry()
  subscription.cancelExpiry = store.clock.after(subscription.idleMinutes * 60_000, () =>
    endSubscription(store, subscription),
  )
}

export function endSubscription(store: SubscriptionStore, subscription: Subscription): void {
  subscription.cancelExpiry()
  subscription.mailbox.listeners.delete(subscription.note)
  store.subscriptions.delete(subscription.id)
}

/** Forgets the subscriptions of a mailbox, as a mailbox moved to another server does; who listens is told. */
export function loseSubscriptions(store: SubscriptionStore, mailbox: Mailbox): void {
  for (const subscription of store.subscriptions.values()) {
    if (subscription.mailbox !== mailbox) continue
    endSubscription(store, subscription)
    subscription.disconnect?.('lost')
  }
}

/** Breaks the streaming connections of a mailbox; its subscriptions stay. */
export function cutStreams(store: SubscriptionStore, mailbox: Mailbox): void {
  for (const subscription of store.subscriptions.values()) {
    if (subscription.mailbox === mailbox) subscription.disconnect?.('cut')
  }
}

export function isAbout(subscription: Subscription, event: MailboxEvent): boolean {
  const { folders } = subscription
  const inFolder =
    !folders || folders.has(event.item.folder.id) || (event.from && folders.has(event.from.folder.id))
  return subscription.events.has(`${event.kind}Event`) && Boolean(inFolder)
}
