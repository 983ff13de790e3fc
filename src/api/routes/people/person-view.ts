import type { Kysely } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { z } from 'zod'
import type { Database } from '../../../store/schema.ts'

export const role = z.enum(['member', 'auditor', 'administrator'])
export const locale = z.enum(['en', 'fr'])

export const personView = z
  .object({
    id: z.uuid(),
    address: z.string(),
    name: z.string(),
    locale,
    role,
    active: z
      .boolean()
      .describe('False of somebody who has left: asked nothing, and no reply of theirs counts'),
    manager: z.string().nullable().describe('Address'),
    aliases: z.array(z.string()),
    groups: z.array(z.string()),
  })
  .meta({ id: 'Person' })

/** People with their addresses and groups, as a query to be narrowed. */
export function selectPeople(db: Kysely<Database>) {
  return db
    .selectFrom('person')
    .leftJoin('person as manager', 'manager.id', 'person.managerId')
    .select(['person.id', 'person.address', 'person.name', 'person.locale', 'person.role'])
    .select(['person.active', 'person.searchText', 'manager.address as manager'])
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
          .select(['peopleGroup.id', 'peopleGroup.name'])
          .whereRef('groupMember.personId', '=', 'person.id')
          .orderBy('peopleGroup.name'),
      ).as('groups'),
    ])
}

type PersonRow = Awaited<ReturnType<ReturnType<typeof selectPeople>['executeTakeFirstOrThrow']>>

export function toPersonView({
  searchText: _,
  aliases,
  groups,
  ...person
}: PersonRow): z.output<typeof personView> {
  return {
    ...person,
    aliases: aliases.map(({ name }) => name),
    groups: groups.map(({ name }) => name),
  }
}
