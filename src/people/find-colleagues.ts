import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'

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
    .innerJoin('person as asking', (join) => join.on('asking.id', '=', personId))
    .select('person.id')
    .where('person.id', 'in', ids)
    .where((where) =>
      where.or([
        where('person.managerId', '=', personId),
        where('asking.managerId', '=', where.ref('person.id')),
        where.exists(
          where
            .selectFrom('groupMember as theirs')
            .innerJoin('groupMember as ours', 'ours.groupId', 'theirs.groupId')
            .select('theirs.personId')
            .whereRef('theirs.personId', '=', 'person.id')
            .where('ours.personId', '=', personId),
        ),
      ]),
    )
    .execute()
  return new Set(colleagues.map(({ id }) => id))
}
