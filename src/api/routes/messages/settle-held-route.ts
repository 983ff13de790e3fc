import { z } from 'zod'
import type { DecisionOutcome } from '../../../approvals/commands/record-decision.ts'
import { rejectHeld, releaseHeld } from '../../../inbound/settle-held.ts'
import { reached } from '../../../lib/milestones.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { personOf } from '../../caller.ts'
import { byId, judgementReason } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { refusalOf } from '../actions/refusal-of.ts'

/** What an administrator makes of a reply that is held. */
export function settleHeldRoute(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/messages/:id/settle-held',
    {
      config: { right: { scope: 'messages:write', role: 'administrator' } },
      schema: {
        tags: ['messages'],
        operationId: 'settleHeldMessage',
        summary: 'Release a held reply, which then decides, or reject it',
        description:
          'Released it decides as the act of whoever releases it, which the decision and the audit say; the person whose ' +
          'answer it is gets a confirmation. Only a clear answer from an address of theirs can be released, and by nobody who ' +
          'made the request or is asked about it.',
        params: byId,
        body: z.strictObject({
          as: z.enum(['released', 'rejected']),
          reason: judgementReason,
        }),
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async ({ params, body, caller }, reply) => {
      const judgement = { inboundMessageId: params.id, by: personOf(caller), reason: body.reason }
      const outcome = await context.db.transaction().execute(async (tx): Promise<DecisionOutcome | null> => {
        if (body.as === 'released') return releaseHeld(tx, context, judgement)
        await rejectHeld(tx, context, judgement)
        return null
      })
      if (outcome !== null && outcome.outcome !== 'decided') throw await refusalOf(context.db, outcome, '')
      if (outcome !== null) reached('action-decided', { door: 'mail' })
      return reply.code(204).send()
    },
  )
}
