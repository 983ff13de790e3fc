import { randomUUID } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Folder } from '../../mail/folder.ts'
import type { Mailbox, MailboxEvent } from '../../mail/mailbox.ts'
import type { Access } from '../access.ts'

export type ChangeType = 'created' | 'updated' | 'deleted'

/** A client that wants to be told of changes: https://learn.microsoft.com/graph/api/resources/subscription */
export interface GraphSubscription {
  readonly id: string
  readonly access: Access
  readonly mailbox: Mailbox
  /** `null`: the messages of the whole mailbox. */
  readonly folder: Folder | null
  readonly changeTypes: Set<ChangeType>
  /** As the client wrote it. */
  readonly resource: string
  readonly notificationUrl: string
  readonly lifecycleNotificationUrl: string | null
  readonly clientState: string | null
  /** Whether notifications name messages by immutable ids. */
  readonly immutableIds: boolean
  /** Milliseconds since the epoch. */
  expiresAt: number
  /** Waits for its client to authorise it again, and tells nothing until then. */
  isPaused: boolean
  /** Notifications that were not taken and wait for another trial. */
  waiting: number
  cancelExpiry: () => void
  /** Told of the mailbox's changes. */
  listener: (event: MailboxEvent) => void
}

/** Where subscriptions are kept, and the time they end by. */
interface SubscriptionStore {
  clock: Clock
  graph: {
    /** By id. */
    subscriptions: Map<string, GraphSubscription>
  }
}

export type NewSubscription = Omit<
  GraphSubscription,
  'id' | 'isPaused' | 'waiting' | 'cancelExpiry' | 'listener'
>

/** @param tell passes a change on to the client */
export function addSubscription(
  store: SubscriptionStore,
  fields: NewSubscription,
  tell: (subscription: GraphSubscription, event: MailboxEvent) => void,
): GraphSubscription {
  const subscription: GraphSubscription = {
    ...fields,
    id: randomUUID(),
    isPaused: false,
    waiting: 0,
    cancelExpiry: () => {},
    listener: (event) => tell(subscription, event),
  }
  store.graph.subscriptions.set(subscription.id, subscription)
  subscription.mailbox.listeners.add(subscription.listener)
  renewSubscription(store, subscription, fields.expiresAt)
  return subscription
}

/** Sets another end; to renew is to authorise again too. */
export function renewSubscription(
  store: SubscriptionStore,
  subscription: GraphSubscription,
  expiresAt: number,
): void {
  subscription.cancelExpiry()
  subscription.expiresAt = expiresAt
  subscription.isPaused = false
  subscription.cancelExpiry = store.clock.after(expiresAt - store.clock.now(), () =>
    endSubscription(store, subscription),
  )
}

export function endSubscription({ graph }: SubscriptionStore, subscription: GraphSubscription): void {
  subscription.cancelExpiry()
  subscription.mailbox.listeners.delete(subscription.listener)
  graph.subscriptions.delete(subscription.id)
}

export function subscriptionsOf({ graph }: SubscriptionStore, mailbox: Mailbox): GraphSubscription[] {
  return [...graph.subscriptions.values()].filter((subscription) => subscription.mailbox === mailbox)
}
