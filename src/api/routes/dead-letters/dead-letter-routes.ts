import { z } from 'zod'
import { runInboundAgain } from '../../../inbound/run-again.ts'
import { AppError } from '../../../lib/app-error.ts'
import { runOutboundAgain } from '../../../outbound/run-again.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { actorOf } from '../../caller.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { byId, name } from '../../common-schemas.ts'
import { pageOf, pageQuery } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { deadLetter } from './dead-letter-view.ts'
import { listDeadLetters } from './list-dead-letters.ts'

const tags = ['messages']

/** What was given up, why, and how to take it up again. */
export function deadLetterRoutes(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/dead-letters',
    {
      config: { right: { scope: 'messages:read', role: 'auditor' } },
      schema: {
        tags,
        operationId: 'listDeadLetters',
        summary: 'Messages that were given up, in and out, newest first, each with what to do',
        querystring: z.strictObject({ ...pageQuery(z.uuid()), mailbox: name.optional() }),
        response: { 200: pageOf(deadLetter), default: problemResponse },
      },
    },
    ({ query, headers }) => listDeadLetters(context.db, query, chooseLocale(headers['accept-language'])),
  )

  server.post(
    '/api/dead-letters/:id/run-again',
    {
      config: { right: { scope: 'messages:write', role: 'administrator' } },
      schema: {
        tags,
        operationId: 'runMessageAgain',
        summary: 'Take up a message again that was given up',
        description:
          'An inbound message is fetched or read anew, a mail goes out to the address that its person has now. ' +
          'Of a mail whose outcome is unknown the mailbox is asked again; it is sent only with `evenIfSent`. ' +
          'What is not given up (any more) is `message-not-given-up`, so a repeated call does nothing.',
        params: byId,
        body: z
          .strictObject({
            evenIfSent: z
              .boolean()
              .default(false)
              .describe('Send a mail though it may have gone out already; its recipient may get it twice'),
          })
          .nullish(),
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async ({ params: { id }, body, caller }, reply) => {
      const actorId = actorOf(caller)
      const evenIfSent = body?.evenIfSent ?? false
      await context.db.transaction().execute(async (tx) => {
        if (await runInboundAgain(tx, context, id)) return
        if (await runOutboundAgain(tx, context, id, { actorId, evenIfSent })) return
        throw new AppError('message-not-given-up', { message: id })
      })
      context.log.info(
        { message: id, actor: actorId, evenIfSent },
        'a message that was given up is run again',
      )
      return reply.code(204).send()
    },
  )
}
