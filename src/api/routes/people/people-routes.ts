import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { z } from 'zod'
import { importPeople } from '../../../approvals/commands/import-people.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { invitePersonRoute } from './invite-person-route.ts'

const tags = ['people']
const right = { scope: 'people:write', role: 'administrator' } as const

/** A file of the 20,000 people that an import may have needs more than the API takes elsewhere. */
const IMPORT_LIMIT = 5 * 1024 * 1024

const personView = z
  .object({
    id: z.uuid(),
    address: z.string(),
    name: z.string(),
    locale: z.enum(['en', 'fr']),
    role: z.enum(['member', 'auditor', 'administrator']),
    active: z.boolean(),
    manager: z.string().nullable().describe('Address'),
    aliases: z.array(z.string()),
    groups: z.array(z.string()),
  })
  .meta({ id: 'Person' })

/** Who requests, approves and administers. */
export function peopleRoutes(server: ApiServer, parts: ApiParts): void {
  const { context } = parts
  server.get(
    '/api/people',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'listPeople',
        summary: 'People in the order in which they were added',
        querystring: z.strictObject(pageQuery(z.uuid())),
        response: { 200: pageOf(personView), default: problemResponse },
      },
    },
    async ({ query }) => {
      let people = context.db
        .selectFrom('person')
        .leftJoin('person as manager', 'manager.id', 'person.managerId')
        .select(['person.id', 'person.address', 'person.name', 'person.locale', 'person.role'])
        .select(['person.active', 'manager.address as manager'])
        .select((from) => [
          jsonArrayFrom(
            from
              .selectFrom('personAlias')
              .select('personAlias.address as name')
              .whereRef('personAlias.personId', '=', 'person.id')
              .orderBy('personAlias.address'),
          ).as('aliases'),
          jsonArrayFrom(
            from
              .selectFrom('groupMember')
              .innerJoin('peopleGroup', 'peopleGroup.id', 'groupMember.groupId')
              .select('peopleGroup.name')
              .whereRef('groupMember.personId', '=', 'person.id')
              .orderBy('peopleGroup.name'),
          ).as('groups'),
        ])
        .orderBy('person.id')
        .limit(query.limit + 1)
      if (query.after !== undefined) people = people.where('person.id', '>', query.after)
      const { rows, next } = toPage(await people.execute(), query.limit)
      const items = rows.map((row) => ({
        ...row,
        aliases: row.aliases.map((alias) => alias.name),
        groups: row.groups.map((group) => group.name),
      }))
      return { items, next }
    },
  )

  server.post(
    '/api/people/import',
    {
      config: { right },
      bodyLimit: IMPORT_LIMIT,
      schema: {
        tags,
        operationId: 'importPeople',
        summary: 'Add or change people and groups',
        description: 'People and groups that the text does not name stay as they are.',
        body: z.strictObject({
          people: z.string().min(1).describe('YAML or JSON, see docs/processes.md'),
        }),
        response: { 200: z.object({ people: z.int(), groups: z.int() }), default: problemResponse },
      },
    },
    ({ body }) => importPeople(context, body.people),
  )

  invitePersonRoute(server, parts)
}
