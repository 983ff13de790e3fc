import type { GraphSubscription } from './subscription.ts'

export const lifecycleEvents = ['reauthorizationRequired', 'subscriptionRemoved', 'missed'] as const

export type LifecycleEvent = (typeof lifecycleEvents)[number]

/** https://learn.microsoft.com/graph/change-notifications-lifecycle-events */
export function lifecycleBody(subscription: GraphSubscription, lifecycleEvent: LifecycleEvent): object {
  return {
    value: [
      {
        subscriptionId: subscription.id,
        subscriptionExpirationDateTime: new Date(subscription.expiresAt).toISOString(),
        tenantId: subscription.access.tenant.id,
        ...(subscription.clientState === null ? {} : { clientState: subscription.clientState }),
        lifecycleEvent,
      },
    ],
  }
}
