import { type ExpressionBuilder, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { z } from 'zod'
import type { StandIn } from '../../../replies/reading.ts'
import type { Database } from '../../../store/schema.ts'
import { personRef, timestamp } from '../../common-schemas.ts'
import { personRefOf } from '../../person-ref.ts'

/** What an assignee's own out-of-office reply says. */
export const absence = z
  .object({
    person: personRef,
    since: timestamp.describe('When the reply came'),
    returnsOn: z.iso
      .date()
      .nullable()
      .describe('The day that it names as the last one or that of the return'),
    standIn: z
      .object({ name: z.string().nullable(), address: z.string().nullable() })
      .nullable()
      .describe('Whom it names for urgent matters. Nobody has checked it, and nothing follows from it'),
  })
  .meta({ id: 'Absence' })

/** The proven out-of-office replies to an open action, the latest of each person; for a query that has `action`. */
export function absencesOf(from: ExpressionBuilder<Database, 'action'>) {
  const automatic = sql`reply.reading -> 'automatic'`
  return jsonArrayFrom(
    from
      .selectFrom('inboundMessage as reply')
      .innerJoin('person', 'person.id', 'reply.personId')
      .distinctOn('person.address')
      .select((inner) => [
        personRefOf(inner).as('person'),
        'reply.receivedAt as since',
        sql<string | null>`${automatic} ->> 'returnsOn'`.as('until'),
        sql<StandIn | null>`${automatic} -> 'standIn'`.as('instead'),
      ])
      .where('action.status', '=', 'open')
      // Found by its request, of which there is an index.
      .whereRef('reply.requestId', '=', 'action.requestId')
      .whereRef('reply.actionId', '=', 'action.id')
      .where('reply.outcome', '=', 'automatic')
      .where(sql<boolean>`${automatic} ->> 'subtype' = 'out-of-office'`)
      .where(sql<boolean>`reply.verdict ->> 'verdict' = 'accepted'`)
      .orderBy('person.address')
      .orderBy('reply.receivedAt', 'desc'),
  )
}
