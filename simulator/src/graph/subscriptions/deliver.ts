import type { World } from '../../world.ts'
import { lifecycleBody } from './lifecycle-body.ts'
import { postToClient } from './post-to-client.ts'
import type { GraphSubscription } from './subscription.ts'

/** A client has so long to answer, and does its work afterwards. */
const ANSWER_LIMIT_MS = 3000
const FIRST_WAIT_MS = 10_000
const LONGEST_WAIT_MS = 600_000
const GIVE_UP_MS = 4 * 3_600_000
/** As many notifications of a subscription are kept for another trial. */
const MOST_WAITING = 10_000

export interface Delivery {
  url: string
  body: object
  /** When it was first tried, in milliseconds since the epoch. */
  at: number
  /** Until the next trial; doubles each time. */
  waitMs?: number
}

/**
 * Posts a notification until it is answered with 2xx, for up to four hours; then the client is told that it missed some.
 * Stops when the subscription or the world ends.
 */
export async function deliver(
  world: World,
  subscription: GraphSubscription,
  delivery: Delivery,
): Promise<void> {
  const { url, body, at, waitMs = FIRST_WAIT_MS } = delivery
  const content = { contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) }
  const answer = await postToClient(world, url, content, ANSWER_LIMIT_MS).catch(() => null)
  const isTaken = answer !== null && answer.status >= 200 && answer.status < 300
  if (isTaken || world.graph.ending.signal.aborted) return
  const isGivenUp = world.clock.now() + waitMs - at > GIVE_UP_MS || subscription.waiting >= MOST_WAITING
  if (isGivenUp) return tellMissed(world, subscription, url)
  subscription.waiting += 1
  world.clock.after(waitMs, () => {
    subscription.waiting -= 1
    if (!world.graph.subscriptions.has(subscription.id)) return
    void deliver(world, subscription, { ...delivery, waitMs: Math.min(waitMs * 2, LONGEST_WAIT_MS) })
  })
}

/** Not of a lifecycle notification that could not be delivered itself. */
async function tellMissed(world: World, subscription: GraphSubscription, failedUrl: string): Promise<void> {
  const url = subscription.lifecycleNotificationUrl
  if (url === null || url === failedUrl) return
  await deliver(world, subscription, {
    url,
    body: lifecycleBody(subscription, 'missed'),
    at: world.clock.now(),
  })
}
