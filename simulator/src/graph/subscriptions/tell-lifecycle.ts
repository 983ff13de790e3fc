import type { Mailbox } from '../../mail/mailbox.ts'
import type { World } from '../../world.ts'
import { deliver } from './deliver.ts'
import { type LifecycleEvent, lifecycleBody } from './lifecycle-body.ts'
import { endSubscription, type GraphSubscription, subscriptionsOf } from './subscription.ts'

/**
 * Brings a lifecycle event about for the subscriptions of a mailbox, and gives their number: reauthorizationRequired silences
 * them until their clients authorise them again, subscriptionRemoved ends them, missed is only told.
 */
export function tellLifecycle(world: World, mailbox: Mailbox, event: LifecycleEvent): number {
  const concerned = subscriptionsOf(world, mailbox)
  for (const subscription of concerned) bringAbout(world, subscription, event)
  return concerned.length
}

function bringAbout(world: World, subscription: GraphSubscription, event: LifecycleEvent): void {
  if (event === 'reauthorizationRequired') subscription.isPaused = true
  if (event === 'subscriptionRemoved') endSubscription(world, subscription)
  const url = subscription.lifecycleNotificationUrl
  if (url !== null)
    void deliver(world, subscription, {
      url,
      body: lifecycleBody(subscription, event),
      at: world.clock.now(),
    })
}
