import type { Kysely } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import { z } from 'zod'
import { isStanding, stepNamed } from '../../../approvals/load-action.ts'
import type { Database } from '../../../store/schema.ts'
import { localText, personRef, requestId, timestamp } from '../../common-schemas.ts'
import { personRefOf } from '../../person-ref.ts'

const choice = z.object({
  result: z.string(),
  label: localText,
  comment: z.enum(['none', 'optional', 'required']),
})

/** An action with its question, who may decide it, and the decision once there is one. Holds no reply token. */
export const actionView = z
  .object({
    id: z.uuid(),
    number: z.int().describe('1, 2, 3 … within the request'),
    request: z.object({ id: requestId, title: z.string(), requester: personRef }),
    step: z.string(),
    title: localText,
    question: z.object({ text: localText, choices: z.array(choice) }),
    status: z.enum(['open', 'decided', 'cancelled']),
    assignees: z.array(personRef).describe('Those who may decide it, or might have'),
    decision: z
      .object({
        result: z.string(),
        comment: z.string(),
        door: z.enum(['mail', 'portal', 'api']),
        at: timestamp,
        by: personRef,
        inboundMessageId: z.uuid().nullable().describe('The reply that proves it, for decisions by mail'),
      })
      .nullable(),
    openedAt: timestamp,
    dueAt: timestamp.nullable(),
    closedAt: timestamp.nullable(),
  })
  .meta({ id: 'Action' })

export type ActionView = z.output<typeof actionView>

/** Actions with all that a view of them shows; the caller adds which ones, and their order. */
export function selectActions(db: Kysely<Database>) {
  return db
    .selectFrom('action')
    .innerJoin('request', 'request.id', 'action.requestId')
    .innerJoin('process', 'process.id', 'request.processId')
    .innerJoin('person', 'person.id', 'request.requesterId')
    .selectAll('action')
    .select((from) => [
      'request.title as requestTitle',
      'process.definition',
      personRefOf(from).as('requester'),
      jsonArrayFrom(
        from
          .selectFrom('actionAssignee')
          .innerJoin('person', 'person.id', 'actionAssignee.personId')
          .select(['person.id', 'person.address', 'person.name'])
          .whereRef('actionAssignee.actionId', '=', 'action.id')
          .where('actionAssignee.endedAt', 'is', null)
          .where((where) => where.or([where('action.status', '!=', 'open'), isStanding(where)]))
          .orderBy('person.address'),
      ).as('assignees'),
      jsonObjectFrom(
        from
          .selectFrom('decision')
          .innerJoin('person', 'person.id', 'decision.personId')
          .select((inner) => [
            'decision.result',
            'decision.comment',
            'decision.door',
            'decision.decidedAt as at',
            'decision.inboundMessageId as message',
            personRefOf(inner).as('by'),
          ])
          .whereRef('decision.actionId', '=', 'action.id'),
      ).as('decision'),
    ])
}

type ActionRow = Awaited<ReturnType<ReturnType<typeof selectActions>['execute']>>[number]

export function toActionView(row: ActionRow): ActionView {
  const { title, question } = stepNamed(row.definition, row.step)
  const { decision } = row
  return {
    id: row.id,
    number: row.number,
    request: { id: row.requestId, title: row.requestTitle, requester: row.requester },
    step: row.step,
    title,
    question,
    status: row.status,
    assignees: row.assignees,
    decision: decision && {
      result: decision.result,
      comment: decision.comment,
      door: decision.door,
      at: new Date(decision.at).toISOString(),
      by: decision.by,
      inboundMessageId: decision.message,
    },
    openedAt: row.openedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
  }
}
