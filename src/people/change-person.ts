import { AppError } from '../lib/app-error.ts'
import { foldAddress } from '../lib/fold-address.ts'
import type { Context, Tx } from '../store/context.ts'
import { loadPeople, type PersonState } from './load-people.ts'
import { lockPeople, planPeople, type WantedPerson } from './plan-people.ts'
import { writePeople } from './write-people.ts'

type Parts = Pick<Context, 'db' | 'clock'>

/**
 * Changes what is given of somebody, and writes down who did it. A manager may be named by any of their addresses. Throws
 * `person-not-found`, `invalid-people` with the problems by field, `own-access`.
 */
export async function changePerson(
  { db, clock }: Parts,
  input: { id: string; changes: Partial<PersonState>; actorId: string | null },
): Promise<void> {
  const { id, changes, actorId } = input
  await db.transaction().execute(async (tx) => {
    await lockPeople(tx)
    const known = (await loadPeople(tx, [{ id }])).byId.get(id)
    if (known === undefined) throw new AppError('person-not-found', { person: id })
    await write(tx, { wanted: { ...folded({ ...known.state, ...changes }), id }, actorId, now: clock() })
  })
}

/** Adds somebody; returns their id. Throws `person-known`, `invalid-people` with the problems by field. */
export async function addPerson(
  { db, clock }: Parts,
  { person, actorId }: { person: PersonState; actorId: string | null },
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    await lockPeople(tx)
    const wanted = folded(person)
    const known = (await loadPeople(tx, [wanted])).byAddress.get(wanted.address)
    if (known !== undefined) {
      throw new AppError('person-known', { address: wanted.address, person: known.state.name })
    }
    return write(tx, { wanted, actorId, now: clock() })
  })
}

async function write(
  tx: Tx,
  { wanted, actorId, now }: { wanted: WantedPerson; actorId: string | null; now: Date },
): Promise<string> {
  const { people, problems } = await planPeople(tx, [wanted])
  if (problems.length > 0) {
    throw new AppError(
      'invalid-people',
      {},
      { problems: problems.map(({ field, message }) => ({ path: field, message })) },
    )
  }
  await writePeople(tx, { people, actorId, now })
  return people[0]?.id ?? ''
}

function folded({ manager, ...person }: PersonState): PersonState {
  const address = foldAddress(person.address)
  const aliases = new Set(person.aliases.map(foldAddress))
  aliases.delete(address)
  return {
    ...person,
    ...{ address, aliases: [...aliases] },
    manager: manager === null || manager.trim() === '' ? null : foldAddress(manager),
  }
}
