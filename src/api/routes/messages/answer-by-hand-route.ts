import { z } from 'zod'
import { answerByHand } from '../../../inbound/answer-by-hand.ts'
import { reached } from '../../../lib/milestones.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { personOf } from '../../caller.ts'
import { byId, comment, judgementReason } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { answersByQuestion } from '../actions/action-view.ts'
import { refusalOf } from '../actions/refusal-of.ts'

/** What an administrator has read in a reply that the reader did not understand. */
export function answerByHandRoute(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/messages/:id/answer',
    {
      config: { right: { scope: 'messages:write', role: 'administrator' } },
      schema: {
        tags: ['messages'],
        operationId: 'answerMessageByHand',
        summary: 'Enter what a reply says that was not understood, which then decides',
        description:
          'Recorded as the answer of the person who was asked, entered by the caller, whom the decision and the audit name with ' +
          'the reason; the person and the requester are told by mail. Only of a reply that is theirs beyond doubt and the last ' +
          'that they wrote, and by nobody who made the request or is asked about it.',
        params: byId,
        body: z.strictObject({
          answers: answersByQuestion.describe(
            'To all questions by id, as text: a result, `1234.5`, `1250.00`, `2026-07-15`',
          ),
          comment,
          reason: judgementReason,
        }),
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async ({ params, body, caller }, reply) => {
      const by = personOf(caller)
      const outcome = await context.db
        .transaction()
        .execute((tx) => answerByHand(tx, context, { inboundMessageId: params.id, by, ...body }))
      if (outcome.outcome !== 'decided') {
        throw await refusalOf(context.db, outcome, Object.values(body.answers).join(', '))
      }
      reached('action-decided', { door: 'mail' })
      return reply.code(204).send()
    },
  )
}
