import { z } from 'zod'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { byId, personRef, timestamp } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'

const groupEventView = z
  .object({
    id: z.uuid(),
    at: timestamp,
    kind: z.enum(['made', 'renamed', 'deleted']),
    name: z.string().describe('From then on; of a deleted group its last one'),
    formerName: z.string().nullable(),
    by: personRef.nullable().describe('Null for the operator'),
  })
  .meta({ id: 'GroupEvent' })

/** What became of a group, and by whom. Who came in and went out stands in the history of each person. */
export function groupHistoryRoute(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/groups/:id/history',
    {
      config: { right: { scope: 'people:read', role: 'auditor' } },
      schema: {
        tags: ['people'],
        operationId: 'listGroupEvents',
        summary: 'When a group was made, renamed and deleted, and by whom, newest first',
        description: 'It outlives the group.',
        params: byId,
        querystring: z.strictObject(pageQuery(z.uuid())),
        response: { 200: pageOf(groupEventView), default: problemResponse },
      },
    },
    async ({ params, query }) => {
      let events = context.db
        .selectFrom('peopleGroupEvent as event')
        .leftJoin('person as actor', 'actor.id', 'event.actorId')
        .select(['event.id', 'event.at', 'event.kind', 'event.name', 'event.formerName', 'event.actorId'])
        .select(['actor.address', 'actor.name as actorName'])
        .where('event.groupId', '=', params.id)
        .orderBy('event.id', 'desc')
        .limit(query.limit + 1)
      if (query.after !== undefined) events = events.where('event.id', '<', query.after)
      const { rows, next } = toPage(await events.execute(), query.limit)
      return {
        items: rows.map(({ at, actorId, address, actorName, ...event }) => ({
          ...event,
          at: at.toISOString(),
          by: actorId === null ? null : { id: actorId, address: address ?? '', name: actorName ?? '' },
        })),
        next,
      }
    },
  )
}
