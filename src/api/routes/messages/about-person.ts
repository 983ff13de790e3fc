import type { ExpressionBuilder, Kysely } from 'kysely'
import { foldAddress } from '../../../lib/fold-address.ts'
import type { Database } from '../../../store/schema.ts'

/** What messages of or about somebody are known by. */
export interface AddressesOfPerson {
  /** Null when nobody of ours has the address that was asked for. */
  id: string | null
  /** Folded; never empty. */
  addresses: string[]
}

/** By one of somebody's addresses, all of them; of a stranger that one alone. Active or not: the log is of the past. */
export async function addressesOfPerson(db: Kysely<Database>, address: string): Promise<AddressesOfPerson> {
  const folded = foldAddress(address)
  const alias = db.selectFrom('personAlias').select('personId').where('address', '=', folded)
  const person =
    (await db
      .selectFrom('person')
      .select(['id', 'address'])
      .where('address', '=', folded)
      .executeTakeFirst()) ??
    (await db.selectFrom('person').select(['id', 'address']).where('id', 'in', alias).executeTakeFirst())
  if (!person) return { id: null, addresses: [folded] }
  const aliases = await db
    .selectFrom('personAlias')
    .select('address')
    .where('personId', '=', person.id)
    .execute()
  return { id: person.id, addresses: [person.address, ...aliases.map((one) => one.address)] }
}

/** Inbound messages that they wrote, or that came with their reply token. */
export function aboutPerson({ id, addresses }: AddressesOfPerson) {
  return (where: ExpressionBuilder<Pick<Database, 'inboundMessage'>, 'inboundMessage'>) =>
    where.or([
      where('inboundMessage.fromAddress', 'in', addresses),
      ...(id === null ? [] : [where('inboundMessage.personId', '=', id)]),
    ])
}
