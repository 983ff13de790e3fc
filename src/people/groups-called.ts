import type { Kysely } from 'kysely'
import type { Database } from '../store/schema.ts'

/** The groups of these names, by name; one that was renamed is found by each name it had (`renameGroup`). */
export async function groupsCalled(
  db: Kysely<Database>,
  names: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  if (names.length === 0) return new Map()
  const rows = await db
    .selectFrom('peopleGroup')
    .select(['id', 'name', 'name as called'])
    .where('name', 'in', names)
    .unionAll(
      db
        .selectFrom('peopleGroupFormerName as former')
        .innerJoin('peopleGroup', 'peopleGroup.id', 'former.groupId')
        .select(['peopleGroup.id', 'peopleGroup.name', 'former.name as called'])
        .where('former.name', 'in', names),
    )
    .execute()
  return new Map(rows.map(({ called, ...group }) => [called, group]))
}
