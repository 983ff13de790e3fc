import { randomUUID } from 'node:crypto'
import type { World } from '../../world.ts'
import { GraphError } from '../graph-error.ts'
import { isCallable, postToClient } from './post-to-client.ts'

const ANSWER_LIMIT_MS = 10_000

/**
 * The handshake: whoever serves the URL proves it by sending the token back, decoded and as plain text:
 * https://learn.microsoft.com/graph/change-notifications-delivery-webhooks#notificationurl-validation
 * @throws GraphError 400 ValidationError
 */
export async function validateUrl(world: World, url: string): Promise<void> {
  if (!isCallable(url)) throw refused('The simulator calls loopback only.')
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`
  const target = `${url}${url.includes('?') ? '&' : '?'}validationToken=${encodeURIComponent(token)}`
  const content = { contentType: 'text/plain; charset=utf-8', body: '' }
  const answer = await postToClient(world, target, content, ANSWER_LIMIT_MS).catch((error: unknown) => {
    throw refused(
      `Subscription validation request failed: ${error instanceof Error ? error.message : error}.`,
    )
  })
  if (answer.status !== 200)
    throw refused(`Subscription validation request failed. HTTP status code is ${answer.status}.`)
  if (!/^text\/plain\b/i.test(answer.contentType) || answer.text !== token)
    throw refused(
      'Subscription validation request failed. Response must exactly match validationToken query parameter.',
    )
}

function refused(message: string): GraphError {
  return new GraphError(400, 'ValidationError', message)
}
