import { z } from 'zod'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'

const tags = ['health']

const readinessView = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean() })),
})

/** For whatever watches the process. Public, so they tell that something is wrong and not what. */
export function healthRoutes(server: ApiServer, { context, readiness }: ApiParts): void {
  server.get(
    '/health/live',
    {
      config: { right: 'public' },
      schema: {
        tags,
        operationId: 'isLive',
        summary: 'Whether the process runs',
        security: [],
        response: { 200: z.object({ ok: z.literal(true) }) },
      },
    },
    () => ({ ok: true as const }),
  )

  server.get(
    '/health/ready',
    {
      config: { right: 'public' },
      schema: {
        tags,
        operationId: 'isReady',
        summary: 'Whether the process can do its work; 503 when not',
        security: [],
        response: { 200: readinessView, 503: readinessView },
      },
    },
    async (_, reply) => {
      const outcome = await readiness().catch((error: unknown) => {
        context.log.error({ err: error }, 'readiness could not be judged')
        return { ok: false, checks: [] }
      })
      return reply.code(outcome.ok ? 200 : 503).send(outcome)
    },
  )

  server.get('/openapi.json', { config: { right: 'public' }, schema: { hide: true } }, (_, reply) =>
    reply.type('application/json').send(server.swagger()),
  )
}
