import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'
import type { Person } from './find-person.ts'
import { isCalled } from './search-people.ts'

/**
 * Which of these people somebody knows anyhow, by id: who shares a group with them, their manager, and whom they manage.
 * The names of all others are the directory's, which is not shown to them.
 */
export async function findColleagues(
  db: Kysely<Database>,
  personId: string,
  ids: string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const colleagues = await db
    .selectFrom('person')
    .select('person.id')
    .where('person.id', 'in', ids)
    .where((where) => isKnownTo(where, personId))
    .execute()
  return new Set(colleagues.map(({ id }) => id))
}

/** The active people of this name or address whom somebody knows anyhow, or among all; themselves never. */
export async function searchColleagues(
  db: Kysely<Database>,
  asking: { personId: string; among: 'known' | 'everybody' },
  { typed, limit }: { typed: string; limit: number },
): Promise<Person[]> {
  return db
    .selectFrom('person')
    .selectAll()
    .where('person.active', '=', true)
    .where('person.id', '!=', asking.personId)
    .where((where) => isCalled(where, typed))
    .$if(asking.among === 'known', (people) => people.where((where) => isKnownTo(where, asking.personId)))
    .orderBy('person.searchText')
    .limit(limit)
    .execute()
}

function isKnownTo(where: ExpressionBuilder<Database, 'person'>, personId: string) {
  return where.or([
    where('person.managerId', '=', personId),
    where(
      'person.id',
      '=',
      where.selectFrom('person as asking').select('asking.managerId').where('asking.id', '=', personId),
    ),
    where.exists(
      where
        .selectFrom('groupMember as theirs')
        .innerJoin('groupMember as ours', 'ours.groupId', 'theirs.groupId')
        .select('theirs.personId')
        .whereRef('theirs.personId', '=', 'person.id')
        .where('ours.personId', '=', personId),
    ),
  ])
}
