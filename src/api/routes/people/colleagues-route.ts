import { z } from 'zod'
import { searchColleagues } from '../../../people/find-colleagues.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { personOf, seesEverything } from '../../caller.ts'
import { personRef } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'

const MOST_SHOWN = 20

/** Whom somebody may mean who types a name: the directory stays closed to those who do not work with it. */
export function colleaguesRoute(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/colleagues',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags: ['people'],
        operationId: 'searchColleagues',
        summary: 'Colleagues by name or address',
        description:
          'At most twenty, by name: those who share a group with the caller, their manager and whom they manage. ' +
          'Administrators and auditors find everybody.',
        querystring: z.strictObject({ search: z.string().trim().max(100).default('') }),
        response: { 200: z.object({ items: z.array(personRef) }), default: problemResponse },
      },
    },
    async ({ caller, query }) => {
      const { id } = personOf(caller)
      const among = seesEverything(caller) ? 'everybody' : 'known'
      const typed = { typed: query.search, limit: MOST_SHOWN }
      const found = await searchColleagues(context.db, { personId: id, among }, typed)
      return { items: found.map(({ id, address, name }) => ({ id, address, name })) }
    },
  )
}
