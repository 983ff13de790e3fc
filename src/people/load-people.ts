import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Tx } from '../store/context.ts'
import { chunksOf } from './chunks-of.ts'

/** Who somebody is, apart from their groups. */
export interface PersonState {
  address: string
  name: string
  locale: 'en' | 'fr'
  role: 'member' | 'auditor' | 'administrator'
  /** False for somebody who has left. */
  active: boolean
  /** Main address. */
  manager: string | null
  /** In order. */
  aliases: string[]
}

export interface KnownPerson {
  id: string
  state: PersonState
  /** See `PersonTable`. */
  localeChosen: boolean
}

/** Those who are known among people named by id or by main address. */
export async function loadPeople(
  tx: Tx,
  named: readonly ({ id: string } | { id?: string; address: string })[],
): Promise<{ byId: ReadonlyMap<string, KnownPerson>; byAddress: ReadonlyMap<string, KnownPerson> }> {
  const byId = new Map<string, KnownPerson>()
  for await (const chunk of chunksOf(named)) {
    const ids = chunk.flatMap((person) => person.id ?? [])
    const addresses = chunk.flatMap((person) => ('address' in person && !person.id ? person.address : []))
    const rows = await tx
      .selectFrom('person')
      .leftJoin('person as manager', 'manager.id', 'person.managerId')
      .select(['person.id', 'person.address', 'person.name', 'person.locale', 'person.role'])
      .select(['person.active', 'person.localeChosen', 'manager.address as manager'])
      .select((from) =>
        jsonArrayFrom(
          from
            .selectFrom('personAlias')
            .select('personAlias.address')
            .whereRef('personAlias.personId', '=', 'person.id')
            .orderBy('personAlias.address'),
        ).as('aliases'),
      )
      .where(sql<boolean>`person.id = any(${ids}::uuid[]) or person.address = any(${addresses}::text[])`)
      .execute()
    for (const { id, aliases, localeChosen, ...state } of rows) {
      const known = { ...state, aliases: aliases.map(({ address }) => address).toSorted() }
      byId.set(id, { id, localeChosen, state: known })
    }
  }
  return { byId, byAddress: new Map([...byId.values()].map((person) => [person.state.address, person])) }
}
