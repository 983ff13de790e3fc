import type { Selectable } from 'kysely'
import { foldAddress } from '../lib/fold-address.ts'
import type { PersonTable } from '../store/schema.ts'
import { together } from '../store/together.ts'
import { groupsCalled } from './groups-called.ts'

export type Person = Selectable<PersonTable>

/** The active person with this address, be it their main one or an alias; null when there is none. */
export const findPersonByAddress = together(async (db, addresses: readonly string[]) => {
  const folded = addresses.map(foldAddress)
  // A union, not an `or`: PostgreSQL answers an `or` over two tables by reading all people.
  const found = await db
    .selectFrom((from) =>
      from
        .selectFrom('person')
        .select(['id', 'address'])
        .where('address', 'in', folded)
        .unionAll(
          from.selectFrom('personAlias').select(['personId as id', 'address']).where('address', 'in', folded),
        )
        .as('named'),
    )
    .innerJoin('person', 'person.id', 'named.id')
    .selectAll('person')
    .select('named.address as namedAs')
    .where('person.active', '=', true)
    .execute()
  const byAddress = new Map(found.map(({ namedAs, ...person }) => [namedAs, person]))
  return folded.map((address): Person | null => byAddress.get(address) ?? null)
})

/** The person with this id, active or not; null when there is none. */
export const findPerson = together(async (db, ids: readonly string[]) => {
  const people = await db.selectFrom('person').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(people.map((person) => [person.id, person]))
  return ids.map((id): Person | null => byId.get(id) ?? null)
})

/** The active members of a group, by its name or one it had; null when there is no such group. */
export const membersOfGroup = together(async (db, names: readonly string[]) => {
  const groups = await groupsCalled(db, names)
  const members = await db
    .selectFrom('person')
    .innerJoin('groupMember', 'groupMember.personId', 'person.id')
    .selectAll('person')
    .select('groupMember.groupId')
    .where(
      'groupMember.groupId',
      'in',
      [...groups.values()].map(({ id }) => id),
    )
    .where('person.active', '=', true)
    .orderBy('person.address')
    .execute()
  const membersById = Map.groupBy(members, ({ groupId }) => groupId)
  return names.map((name): { groupId: string; people: Person[] } | null => {
    const groupId = groups.get(name)?.id
    if (groupId === undefined) return null
    const people = (membersById.get(groupId) ?? []).map(({ groupId: _, ...person }) => person)
    return { groupId, people }
  })
})

/** Whether somebody is still a member of a group: judged when their reply comes. */
export const isMember = together(async (db, asked: readonly { groupId: string; personId: string }[]) => {
  const memberships = await db
    .selectFrom('groupMember')
    .selectAll()
    .where(
      'groupId',
      'in',
      asked.map(({ groupId }) => groupId),
    )
    .where(
      'personId',
      'in',
      asked.map(({ personId }) => personId),
    )
    .execute()
  return asked.map(({ groupId, personId }) =>
    memberships.some((membership) => membership.groupId === groupId && membership.personId === personId),
  )
})

/** Their addresses beside the main one. */
export const aliasesOf = together(async (db, personIds: readonly string[]) => {
  const aliases = await db
    .selectFrom('personAlias')
    .selectAll()
    .where('personId', 'in', personIds)
    .orderBy('address')
    .execute()
  const byPerson = Map.groupBy(aliases, ({ personId }) => personId)
  return personIds.map((id) => (byPerson.get(id) ?? []).map(({ address }) => address))
})
