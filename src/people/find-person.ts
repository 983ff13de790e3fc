import type { Kysely, Selectable } from 'kysely'
import { foldAddress } from '../lib/fold-address.ts'
import type { Database, PersonTable } from '../store/schema.ts'

export type Person = Selectable<PersonTable>

/** The active person with this address, be it their main one or an alias; null when there is none. */
export async function findPersonByAddress(db: Kysely<Database>, address: string): Promise<Person | null> {
  const folded = foldAddress(address)
  const found = await db
    .selectFrom('person')
    .selectAll('person')
    .where('active', '=', true)
    // A union, not an `or`: PostgreSQL answers an `or` over two tables by reading all people.
    .where('id', 'in', (from) =>
      from
        .selectFrom('person as main')
        .select('main.id')
        .where('main.address', '=', folded)
        .unionAll(
          from.selectFrom('personAlias').select('personId as id').where('personAlias.address', '=', folded),
        ),
    )
    .executeTakeFirst()
  return found ?? null
}

/** The person with this id, active or not; null when there is none. */
export async function findPerson(db: Kysely<Database>, id: string): Promise<Person | null> {
  return (await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** The active members of a group, by its name; null when there is no such group. */
export async function membersOfGroup(
  db: Kysely<Database>,
  name: string,
): Promise<{ groupId: string; people: Person[] } | null> {
  const group = await db.selectFrom('peopleGroup').select('id').where('name', '=', name).executeTakeFirst()
  if (!group) return null
  const people = await db
    .selectFrom('person')
    .innerJoin('groupMember', 'groupMember.personId', 'person.id')
    .selectAll('person')
    .where('groupMember.groupId', '=', group.id)
    .where('person.active', '=', true)
    .orderBy('person.address')
    .execute()
  return { groupId: group.id, people }
}

/** Whether somebody is still a member of a group: judged when their reply comes. */
export async function isMember(db: Kysely<Database>, groupId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('groupMember')
    .select('personId')
    .where('groupId', '=', groupId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

/** Their addresses beside the main one. */
export async function aliasesOf(db: Kysely<Database>, personId: string): Promise<string[]> {
  const aliases = await db
    .selectFrom('personAlias')
    .select('address')
    .where('personId', '=', personId)
    .orderBy('address')
    .execute()
  return aliases.map(({ address }) => address)
}
