import { randomUUID } from 'node:crypto'
import type { Folder } from '../../mail/folder.ts'
import type { Mailbox, MailboxEvent } from '../../mail/mailbox.ts'
import type { World } from '../../world.ts'
import type { Access } from '../request.ts'

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
  cancelExpiry: () => void
  /** Told of the mailbox's changes. */
  listener: (event: MailboxEvent) => void
}

export type NewSubscription = Omit<GraphSubscription, 'id' | 'isPaused' | 'cancelExpiry' | 'listener'>

/** @param tell passes a change on to the client */
export function addSubscription(
  world: World,
  fields: NewSubscription,
  tell: (subscription: GraphSubscription, event: MailboxEvent) => void,
): GraphSubscription {
  const subscription: GraphSubscription = {
    ...fields,
    id: randomUUID(),
    isPaused: false,
    cancelExpiry: () => {},
    listener: (event) => tell(subscription, event),
  }
  world.graph.subscriptions.set(subscription.id, subscription)
  subscription.mailbox.listeners.add(subscription.listener)
  renewSubscription(world, subscription, fields.expiresAt)
  return subscription
}

/** Sets another end; to renew is to authorise again too. */
export function renewSubscription(world: World, subscription: GraphSubscription, expiresAt: number): void {
  subscription.cancelExpiry()
  subscription.expiresAt = expiresAt
  subscription.isPaused = false
  subscription.cancelExpiry = world.clock.after(expiresAt - world.clock.now(), () =>
    endSubscription(world, subscription),
  )
}

export function endSubscription({ graph }: World, subscription: GraphSubscription): void {
  subscription.cancelExpiry()
  subscription.mailbox.listeners.delete(subscription.listener)
  graph.subscriptions.delete(subscription.id)
}

export function subscriptionsOf({ graph }: World, mailbox: Mailbox): GraphSubscription[] {
  return [...graph.subscriptions.values()].filter((subscription) => subscription.mailbox === mailbox)
}
