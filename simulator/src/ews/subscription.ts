import { randomBytes, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Mailbox, MailboxEvent } from '../mail/mailbox.ts'
import { EwsError } from './ews-error.ts'

const SUBSCRIPTIONS_PER_MAILBOX = 20
const IDLE_MINUTES = 30

/** Its time is over; a newer connection takes over; the server has forgotten the subscription; the network breaks. */
export type Disconnect = (reason: 'closed' | 'superseded' | 'lost' | 'cut') => void

/** A streaming subscription: no watermark, no replay; what happens while nobody listens is lost. */
export interface Subscription {
  id: string
  mailbox: Mailbox
  /** Folder ids; `null` for all folders. */
  folders: Set<string> | null
  /** Such as `NewMailEvent`. */
  events: Set<string>
  /** The back-end server that keeps it: without its cookie a request may meet another, which does not know it. */
  affinity: string | null
  /** Ends the connection that listens now. */
  disconnect: Disconnect | null
  cancelExpiry: () => void
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
  fields: Pick<Subscription, 'mailbox' | 'folders' | 'events'> & { keepsAffinity: boolean },
): Subscription {
  const { keepsAffinity, ...rest } = fields
  const held = [...store.subscriptions.values()].filter(({ mailbox }) => mailbox === fields.mailbox)
  if (held.length >= SUBSCRIPTIONS_PER_MAILBOX) throw new EwsError('ErrorExceededSubscriptionCount')
  const subscription: Subscription = {
    ...rest,
    id: randomBytes(48).toString('base64'),
    affinity: keepsAffinity ? randomUUID() : null,
    disconnect: null,
    cancelExpiry: () => {},
  }
  store.subscriptions.set(subscription.id, subscription)
  expireWhenIdle(store, subscription)
  return subscription
}

/** Starts the half hour after which a subscription without a connection is gone. */
export function expireWhenIdle(store: SubscriptionStore, subscription: Subscription): void {
  subscription.cancelExpiry()
  subscription.cancelExpiry = store.clock.after(IDLE_MINUTES * 60_000, () => {
    store.subscriptions.delete(subscription.id)
  })
}

/** Forgets the subscriptions of a mailbox, as a mailbox moved to another server does; who listens is told. */
export function loseSubscriptions(store: SubscriptionStore, mailbox: Mailbox): void {
  for (const subscription of store.subscriptions.values()) {
    if (subscription.mailbox !== mailbox) continue
    subscription.cancelExpiry()
    store.subscriptions.delete(subscription.id)
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
