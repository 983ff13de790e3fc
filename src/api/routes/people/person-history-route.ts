import { z } from 'zod'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { byId, personRef, timestamp } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'

const personEventView = z
  .object({
    id: z.uuid(),
    at: timestamp,
    kind: z.enum([
      'added',
      'changed',
      'group-joined',
      'group-left',
      'delegation-recorded',
      'delegation-ended',
    ]),
    by: personRef.nullable().describe('Null for the operator'),
    changes: z.array(
      z.object({
        field: z.enum(['address', 'name', 'locale', 'timeZone', 'role', 'active', 'manager', 'aliases']),
        from: z.string().nullable(),
        to: z.string().nullable(),
      }),
    ),
    group: z.string().nullable(),
    delegation: z
      .object({ to: z.string().describe('Address'), startsAt: timestamp, endsAt: timestamp })
      .nullable(),
  })
  .meta({ id: 'PersonEvent' })

/** What was changed of somebody, and by whom: it decides who may approve. */
export function personHistoryRoute(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/people/:id/history',
    {
      config: { right: { scope: 'people:read', role: 'auditor' } },
      schema: {
        tags: ['people'],
        operationId: 'listPersonEvents',
        summary: 'What was changed of a person and by whom, newest first',
        params: byId,
        querystring: z.strictObject(pageQuery(z.uuid())),
        response: { 200: pageOf(personEventView), default: problemResponse },
      },
    },
    async ({ params, query }) => {
      let events = context.db
        .selectFrom('personEvent')
        .leftJoin('person as actor', 'actor.id', 'personEvent.actorId')
        .selectAll('personEvent')
        .select(['actor.address', 'actor.name'])
        .where('personEvent.personId', '=', params.id)
        .orderBy('personEvent.id', 'desc')
        .limit(query.limit + 1)
      if (query.after !== undefined) events = events.where('personEvent.id', '<', query.after)
      const { rows, next } = toPage(await events.execute(), query.limit)
      return {
        items: rows.map(({ id, at, kind, actorId, address, name, payload }) => ({
          ...{ id, kind },
          at: at.toISOString(),
          by: actorId === null ? null : { id: actorId, address: address ?? '', name: name ?? '' },
          changes: payload.changes ?? [],
          group: payload.group ?? null,
          delegation: payload.delegation ?? null,
        })),
        next,
      }
    },
  )
}
