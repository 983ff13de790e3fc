import type { Kysely } from 'kysely'
import { foldAddress } from '../../../lib/fold-address.ts'
import type { Database } from '../../../store/schema.ts'

/**
 * By one of somebody's addresses, all of them, folded; of a stranger that one alone. Whether they are active or not: the
 * mail log is of the past.
 */
export async function addressesOfPerson(db: Kysely<Database>, address: string): Promise<string[]> {
  const folded = foldAddress(address)
  const aliased = await db
    .selectFrom('personAlias')
    .innerJoin('person', 'person.id', 'personAlias.personId')
    .select('person.address')
    .where('personAlias.address', '=', folded)
    .executeTakeFirst()
  const main = aliased?.address ?? folded
  const aliases = await db
    .selectFrom('personAlias')
    .innerJoin('person', 'person.id', 'personAlias.personId')
    .select('personAlias.address')
    .where('person.address', '=', main)
    .execute()
  return [main, ...aliases.map((one) => one.address)]
}
