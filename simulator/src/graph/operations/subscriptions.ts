import { check, isString } from '../../check-json.ts'
import { GraphError } from '../graph-error.ts'
import { readJson } from '../read-json.ts'
import type { Call, GraphAnswer } from '../request.ts'
import { notify } from '../subscriptions/notify.ts'
import { readExpiry, readSubscription } from '../subscriptions/read-subscription.ts'
import {
  addSubscription,
  endSubscription,
  type GraphSubscription,
  renewSubscription,
  subscriptionsOf,
} from '../subscriptions/subscription.ts'
import { validateUrl } from '../subscriptions/validate-url.ts'

const MOST_PER_MAILBOX = 1000

/** https://learn.microsoft.com/graph/api/subscription-post-subscriptions */
export async function createSubscription(call: Call): Promise<GraphAnswer> {
  const { world } = call
  const wanted = readSubscription(call)
  if (subscriptionsOf(world, wanted.mailbox).length >= MOST_PER_MAILBOX)
    throw new GraphError(
      403,
      'SubscriptionQuotaExceeded',
      `A mailbox has at most ${MOST_PER_MAILBOX} subscriptions.`,
    )
  for (const url of [wanted.notificationUrl, wanted.lifecycleNotificationUrl])
    if (url !== null) await validateUrl(world, url)
  const subscription = addSubscription(world, wanted, (self, event) => notify(world, self, event))
  return { status: 201, body: { ...describe(subscription), clientState: subscription.clientState } }
}

/** https://learn.microsoft.com/graph/api/subscription-list: those of the app that asks. */
export function listSubscriptions({ world, access }: Call): GraphAnswer {
  const own = [...world.graph.subscriptions.values()].filter(
    ({ access: { app } }) => app.id === access.app.id,
  )
  return { status: 200, items: own.length, body: { value: own.map(describe) } }
}

/** https://learn.microsoft.com/graph/api/subscription-get */
export function getSubscription(call: Call): GraphAnswer {
  return { status: 200, body: describe(find(call)) }
}

/** https://learn.microsoft.com/graph/api/subscription-update: the end is all that can be changed here. */
export function updateSubscription(call: Call): GraphAnswer {
  const { world, request } = call
  const { expirationDateTime } = check(readJson(request), { expirationDateTime: isString }, [
    'expirationDateTime',
  ])
  const subscription = find(call)
  renewSubscription(world, subscription, readExpiry(String(expirationDateTime), world.clock.now()))
  return { status: 200, body: describe(subscription) }
}

/** https://learn.microsoft.com/graph/api/subscription-delete */
export function deleteSubscription(call: Call): GraphAnswer {
  endSubscription(call.world, find(call))
  return { status: 204 }
}

/** https://learn.microsoft.com/graph/api/subscription-reauthorize */
export function reauthorizeSubscription(call: Call): GraphAnswer {
  find(call).isPaused = false
  return { status: 204 }
}

function find({ world, access, names }: Call): GraphSubscription {
  const subscription = world.graph.subscriptions.get(names.subscription ?? '')
  if (subscription?.access.app.id !== access.app.id)
    throw new GraphError(404, 'ResourceNotFound', 'The object was not found.')
  return subscription
}

/** Without clientState, which only the answer to the creation repeats. */
function describe(subscription: GraphSubscription): object {
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId: subscription.access.app.id,
    changeType: [...subscription.changeTypes].join(','),
    clientState: null,
    notificationUrl: subscription.notificationUrl,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
    expirationDateTime: new Date(subscription.expiresAt).toISOString(),
  }
}
