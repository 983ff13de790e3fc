import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { withLogFields } from '../lib/log-fields.ts'
import { reached } from '../lib/milestones.ts'
import { newId } from '../lib/new-id.ts'

/** The caller's own id of the request, when it is one that a log can hold; a new one otherwise. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : newId()
}

/** Gives every answer the id of its request (`X-Request-Id`), and every log line that comes of it. */
export function correlate(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    withLogFields({ requestId: request.id }, done)
  })
  // What follows the body follows the events of its socket, which know nothing of the request.
  server.addHook('preValidation', (request, _, done) => withLogFields({ requestId: request.id }, done))
  server.addHook('onResponse', async (request, reply) => {
    const { method, id: requestId } = request
    // Not the URL: what it holds is not ours to write down.
    const answered = { method, route: request.routeOptions.url ?? 'none', status: reply.statusCode }
    request.log.debug(
      { requestId, ...answered, elapsedMs: Math.round(reply.elapsedTime) },
      'request answered',
    )
    reached('request-answered', { ...answered, seconds: reply.elapsedTime / 1000 })
  })
}
