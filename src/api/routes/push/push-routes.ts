import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import { pushPaths } from '../../../mailboxes/push/push-paths.ts'
import { takeNotifications } from '../../../mailboxes/push/take-notifications.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { problemResponse } from '../../problem-details.ts'

/** Far more than comes at once; a notification has some 700 bytes. */
const MOST_NOTIFICATIONS = 1_000
/** Calls looked into at a time: whoever floods us keeps no other request from the database. */
const MOST_AT_ONCE = 8

const notifications = z.object({
  value: z
    .array(
      z.object({
        subscriptionId: z.string().max(200),
        clientState: z
          .string()
          .max(128)
          .default('')
          .describe('The secret that only the provider and we know'),
        lifecycleEvent: z.string().max(100).optional(),
      }),
    )
    .max(MOST_NOTIFICATIONS),
})

/**
 * Where Microsoft Graph calls us (https://learn.microsoft.com/graph/change-notifications-delivery-webhooks). Public:
 * whoever calls is known by the secret of a subscription, and is told the same in any case.
 */
export function pushRoutes(server: ApiServer, { context }: ApiParts): void {
  let atOnce = 0
  // Graph's handshake says text/plain and has no body; nowhere else is that type taken.
  server.register(async (scope) => {
    scope.addContentTypeParser('text/plain', { bodyLimit: 1_024, parseAs: 'string' }, (_, __, done) =>
      done(null),
    )
    for (const [operationId, path, summary] of [
      ['takeNotifications', pushPaths.notifications, 'Microsoft Graph tells of new mail'],
      ['takeLifecycleEvents', pushPaths.lifecycle, 'Microsoft Graph tells what befalls a subscription'],
    ] as const) {
      ;(scope as ApiServer).post(
        path,
        {
          config: { right: 'public' },
          schema: {
            tags: ['push'],
            operationId,
            summary,
            description:
              'With `validationToken` it is sent back as plain text: so Graph sees whose address this is. Without, the mailboxes that are told of are read soon; the answer is the same whether or not they are ours.',
            security: [],
            querystring: z.object({ validationToken: z.string().min(1).max(2_000).optional() }),
            body: notifications.nullish().describe('Absent from the handshake'),
            response: {
              200: { description: 'The token', content: { 'text/plain': { schema: z.string() } } },
              202: z.undefined(),
              default: problemResponse,
            },
          },
        },
        async ({ query: { validationToken }, body }, reply) => {
          if (validationToken !== undefined) {
            return reply.type('text/plain; charset=utf-8').send(validationToken)
          }
          // It comes again, and polling is beneath.
          if (atOnce >= MOST_AT_ONCE) throw new AppError('too-busy')
          atOnce += 1
          try {
            await takeNotifications(context, body?.value ?? [])
          } finally {
            atOnce -= 1
          }
          return reply.code(202).send()
        },
      )
    }
  })
}
