import { z } from 'zod'
import { translator } from '../../../lib/translate.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { timestamp } from '../../common-schemas.ts'

const tags = ['health']

const readinessView = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      name: z.enum(['database', 'queue', 'mailboxes']),
      ok: z.boolean(),
      problems: z.array(
        z.object({
          code: z.enum([
            'database-unreachable',
            'queue-stalled',
            'mailbox-paused',
            'mailbox-detached',
            'mailbox-unreachable',
          ]),
          message: z.string(),
          mailbox: z.string().optional(),
          since: timestamp.optional(),
          providerCode: z.string().optional().describe('The code of the mailbox’s provider'),
        }),
      ),
      warnings: z
        .array(
          z.object({
            code: z.enum(['credential-expiring', 'credential-expired']),
            message: z.string(),
            mailbox: z.string(),
            since: timestamp,
            daysLeft: z.int(),
          }),
        )
        .describe('What will be a problem unless somebody sees to it; the process is ready all the same'),
    }),
  ),
})

/**
 * For whatever watches the process. Public: a mailbox is named, but neither its address nor its settings; what to do is
 * in the notices, which need a token.
 */
export function healthRoutes(server: ApiServer, { readiness }: ApiParts): void {
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
    async ({ headers }, reply) => {
      const locale = chooseLocale(headers['accept-language'])
      const text = translator(locale)
      const checks = (await readiness()).map(({ name, problems, warnings = [] }) => ({
        name,
        ok: problems.length === 0,
        problems: problems.map((problem) => ({
          ...problem,
          message: text(`notices:health.${problem.code}`, { ...problem }),
        })),
        warnings: warnings.map((warning) => ({
          ...warning,
          message: text(`notices:warning.${warning.code}`, { ...warning }),
        })),
      }))
      const ok = checks.every((check) => check.ok)
      return reply
        .code(ok ? 200 : 503)
        .header('content-language', locale)
        .send({ ok, checks })
    },
  )

  server.get('/openapi.json', { config: { right: 'public' }, schema: { hide: true } }, (_, reply) =>
    reply.type('application/json').send(server.swagger()),
  )
}
