import { z } from 'zod'
import { isCalled } from '../../../people/search-people.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { pageOf, pageQuery, toPageBy } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { personView, role, selectPeople, toPersonView } from './person-view.ts'

/** The directory, page by page. */
export function listPeopleRoute(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/people',
    {
      config: { right: { scope: 'people:read', role: 'auditor' } },
      schema: {
        tags: ['people'],
        operationId: 'listPeople',
        summary: 'People by name',
        querystring: z.strictObject({
          ...pageQuery(z.string().max(1_000)),
          search: z
            .string()
            .trim()
            .max(100)
            .default('')
            .describe('In names and addresses, without regard to capitals and accents'),
          role: role.optional(),
          active: z.enum(['true', 'false']).optional(),
        }),
        response: { 200: pageOf(personView), default: problemResponse },
      },
    },
    async ({ query }) => {
      let people = selectPeople(context.db)
        .where((where) => isCalled(where, query.search))
        .orderBy('person.searchText')
        .limit(query.limit + 1)
      if (query.role !== undefined) people = people.where('person.role', '=', query.role)
      if (query.active !== undefined) people = people.where('person.active', '=', query.active === 'true')
      if (query.after !== undefined) people = people.where('person.searchText', '>', query.after)
      const { rows, next } = toPageBy(await people.execute(), query.limit, (person) => person.searchText)
      return { items: rows.map(toPersonView), next }
    },
  )
}
