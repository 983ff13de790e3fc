import type { FastifyRequest } from 'fastify'
import { AppError } from '../../../lib/app-error.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { bearerToken, isSame } from '../../caller.ts'
import { isLocalAddress } from '../../is-local-address.ts'

/** What most proxies add, though not nginx by itself: who is behind one is not on this machine. */
const forwarding = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

/** For Prometheus. With a token in the configuration for whoever has it; without, for this machine alone. */
export function metricsRoutes(server: ApiServer, { metrics }: ApiParts): void {
  server.get('/metrics', { config: { right: 'public' }, schema: { hide: true } }, async (request, reply) => {
    demandScraper(request, metrics.token)
    const { contentType, text } = await metrics.scrape()
    return reply.type(contentType).send(text)
  })
}

function demandScraper({ headers, socket }: FastifyRequest, token: string | null): void {
  if (token !== null) {
    const given = bearerToken(headers.authorization)
    if (given === null || !isSame(given, token)) throw new AppError('not-signed-in')
    return
  }
  const isForwarded = forwarding.some((name) => headers[name] !== undefined)
  // Whoever may not see it is not told that it is there.
  if (isForwarded || !isLocalAddress(socket.remoteAddress)) throw new AppError('page-not-found')
}
