import { z } from 'zod'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { personRef, timestamp } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'

const signInEventView = z
  .object({
    id: z.uuid(),
    at: timestamp,
    kind: z.enum(['invited', 'password-set', 'signed-in', 'refused', 'signed-out', 'session-ended']),
    person: personRef.nullable().describe('Null for an address that is nobody’s; it is not kept'),
    remoteAddress: z.string(),
    userAgent: z.string(),
  })
  .meta({ id: 'SignInEvent' })

/** Who signed in and out, or was refused, and from where. */
export function signInEventsRoute(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/audit/sign-ins',
    {
      config: { right: { scope: 'audit:read', role: 'auditor' } },
      schema: {
        tags: ['audit'],
        operationId: 'listSignIns',
        summary: 'Who signed in and out, or was refused, newest first',
        querystring: z.strictObject({
          ...pageQuery(z.uuid()),
          person: z.uuid().optional().describe('Their id'),
        }),
        response: { 200: pageOf(signInEventView), default: problemResponse },
      },
    },
    async ({ query }) => {
      let events = context.db
        .selectFrom('signInEvent')
        .leftJoin('person', 'person.id', 'signInEvent.personId')
        .selectAll('signInEvent')
        .select(['person.address', 'person.name'])
        .orderBy('signInEvent.id', 'desc')
        .limit(query.limit + 1)
      if (query.after !== undefined) events = events.where('signInEvent.id', '<', query.after)
      if (query.person !== undefined) events = events.where('signInEvent.personId', '=', query.person)
      const { rows, next } = toPage(await events.execute(), query.limit)
      return {
        items: rows.map(({ personId, address, name, at, ...event }) => ({
          ...event,
          at: at.toISOString(),
          person: personId === null ? null : { id: personId, address: address ?? '', name: name ?? '' },
        })),
        next,
      }
    },
  )
}
