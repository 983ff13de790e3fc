import { randomBytes, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Mailbox, MailboxEvent } from '../mail/mailbox.ts'
import { EwsError } from './ews-error.ts'

const SUBSCRIPTIONS_PER_MAILBOX = 20
const IDLE_MINUTES = 30

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
  /** Ends the connection that listens now: its time is over, or a newer connection takes over. */
  disconnect: ((reason: 'closed' | 'superseded') => void) | null
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

export function isAbout(subscription: Subscription, event: MailboxEvent): boolean {
  const { folders } = subscription
  const inFolder =
    !folders || folders.has(event.item.folder.id) || (event.from && folders.has(event.from.folder.id))
  return subscription.events.has(`${event.kind}Event`) && Boolean(inFolder)
}
