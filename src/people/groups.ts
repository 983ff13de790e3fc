import { AppError } from '../lib/app-error.ts'
import { newId } from '../lib/new-id.ts'
import type { Context, Tx } from '../store/context.ts'
import { findPerson } from './find-person.ts'
import { groupsCalled } from './groups-called.ts'
import { lockGroups, makeGroups, writeMemberships } from './write-groups.ts'

type Parts = Pick<Context, 'db' | 'clock'>

/** Makes a group without members; returns its id. Throws `group-known`, `group-name-former`. */
export async function makeGroup(
  { db, clock }: Parts,
  { name, actorId }: { name: string; actorId: string | null },
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    await lockGroups(tx)
    await demandFree(tx, name, null)
    await makeGroups(tx, { names: [name], actorId, now: clock() })
    const { id } = (await groupsCalled(tx, [name])).get(name) ?? {}
    if (id === undefined) throw new Error(`the group ${name} was not made`)
    return id
  })
}

/**
 * Gives a group another name, and writes down who did it. Processes, files and programs that call it by one of its former
 * names still find it. Throws `group-not-found`, `group-known`, `group-name-former`.
 */
export async function renameGroup(
  { db, clock }: Parts,
  { groupId, name, actorId }: { groupId: string; name: string; actorId: string | null },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockGroups(tx)
    const group = await tx
      .selectFrom('peopleGroup')
      .select('name')
      .where('id', '=', groupId)
      .executeTakeFirst()
    if (group === undefined) throw new AppError('group-not-found', { group: groupId })
    if (group.name === name) return
    await demandFree(tx, name, groupId)
    await tx.deleteFrom('peopleGroupFormerName').where('name', '=', name).execute()
    await tx.updateTable('peopleGroup').set({ name }).where('id', '=', groupId).execute()
    await tx.insertInto('peopleGroupFormerName').values({ name: group.name, groupId }).execute()
    await tx
      .insertInto('peopleGroupEvent')
      .values({
        ...{ id: newId(), at: clock(), groupId, kind: 'renamed' },
        ...{ name, formerName: group.name, actorId },
      })
      .execute()
  })
}

/** A name leads to one group; `groupId` may take one that it had. Throws `group-known`, `group-name-former`. */
async function demandFree(tx: Tx, name: string, groupId: string | null): Promise<void> {
  const taken = (await groupsCalled(tx, [name])).get(name)
  if (taken === undefined || taken.id === groupId) return
  if (taken.name === name) throw new AppError('group-known', { group: name })
  throw new AppError('group-name-former', { group: name, current: taken.name })
}

/**
 * Takes somebody into a group or out of it, and writes down who did it; does nothing when it is so already. Throws
 * `group-not-found`, `person-not-found`.
 */
export async function changeMembership(
  { db, clock }: Parts,
  input: { groupId: string; personId: string; joins: boolean; actorId: string | null },
): Promise<void> {
  const { groupId, personId, joins, actorId } = input
  await db.transaction().execute(async (tx) => {
    // Two who change the same group take their turns, and each writes down what they have really changed.
    const group = await tx
      .selectFrom('peopleGroup')
      .selectAll()
      .where('id', '=', groupId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (group === undefined) throw new AppError('group-not-found', { group: groupId })
    const person = await findPerson(tx, personId)
    if (person === null) throw new AppError('person-not-found', { person: personId })
    const present = await tx
      .selectFrom('groupMember')
      .select('personId')
      .where('groupId', '=', groupId)
      .where('personId', '=', personId)
      .executeTakeFirst()
    if ((present !== undefined) === joins) return
    const changes = [{ personId, group: group.name, joins }]
    await writeMemberships(tx, { changes, actorId, now: clock() })
  })
}
