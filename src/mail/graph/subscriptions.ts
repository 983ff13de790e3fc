import { MailError } from '../errors.ts'
import type { SubscriptionRequest, Subscriptions } from '../mailbox.ts'
import type { GraphClient, GraphRequest } from './graph-client.ts'
import { type JsonObject, objectOf, textOf } from './json.ts'

/**
 * What is asked for. Microsoft allows 10,080 minutes for Outlook's messages and once allowed 4,230; this fits both, in
 * whichever cloud.
 */
const LIFE_MS = 4_200 * 60_000

/** Codes of an answer to a new subscription whose address Graph could not call, or would not. */
const addressRefused = ['ValidationError', 'InvalidRequest']

/**
 * Change notifications of new messages in the Inbox (https://learn.microsoft.com/graph/change-notifications-overview).
 * Junk Email is left to polling: what lies there is held at best.
 */
export function graphSubscriptions(client: GraphClient, newMail: string): Subscriptions {
  async function call(
    name: string,
    method: GraphRequest['method'],
    url: string,
    signal: AbortSignal,
    body?: object,
  ) {
    const content = body && { type: 'application/json' as const, content: JSON.stringify(body) }
    return objectOf(await client.call({ name, method, url, ...(content && { body: content }) }, signal))
  }

  return {
    lifeMs: LIFE_MS,
    async create(request, signal) {
      const { notificationUrl, lifecycleUrl, clientState, until } = request
      const answer = await call('create subscription', 'POST', '/subscriptions', signal, {
        changeType: 'created',
        resource: newMail,
        notificationUrl,
        lifecycleNotificationUrl: lifecycleUrl,
        clientState,
        expirationDateTime: until.toISOString(),
      }).catch((error: unknown) => {
        throw refusedAddress(error, request)
      })
      const providerId = textOf(answer.id)
      if (providerId === '') throw unreadable('no id')
      return { providerId, expiresAt: expiryOf(answer) }
    },
    // To renew is to authorise again too, so that `reauthorize` is never called by itself.
    renew: (providerId, until, signal) =>
      unlessGone(
        call('renew subscription', 'PATCH', path(providerId), signal, {
          expirationDateTime: until.toISOString(),
        }).then(expiryOf),
      ),
    async remove(providerId, signal) {
      await unlessGone(call('remove subscription', 'DELETE', path(providerId), signal))
    },
  }
}

const path = (providerId: string) => `/subscriptions/${encodeURIComponent(providerId)}`

/** Null for what Graph knows no more: nothing but the subscription itself is named in these calls. */
async function unlessGone<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call
  } catch (error) {
    if (error instanceof MailError && error.kind === 'not-found') return null
    throw error
  }
}

/** What the server says counts, not what was asked for. */
function expiryOf(answer: JsonObject): Date {
  const expiresAt = new Date(textOf(answer.expirationDateTime))
  if (Number.isNaN(expiresAt.getTime())) throw unreadable('no expirationDateTime')
  return expiresAt
}

function unreadable(what: string): MailError {
  return new MailError(`Graph answered a subscription with ${what}`, {
    kind: 'protocol',
    retry: 'later',
    providerCode: 'unreadable-answer',
  })
}

/** Names the address to look at, where Graph says that it is at fault. */
function refusedAddress(error: unknown, { notificationUrl }: SubscriptionRequest): unknown {
  if (!(error instanceof MailError) || !addressRefused.includes(error.providerCode)) return error
  return new MailError(error.message, {
    kind: 'invalid',
    retry: 'later',
    providerCode: error.providerCode,
    messageKey: 'push.address-refused',
    messageValues: { ...error.messageValues, url: notificationUrl, answer: error.message },
    cause: error,
  })
}
