import { sql } from 'kysely'
import { newId } from '../lib/new-id.ts'
import type { Tx } from '../store/context.ts'
import { chunksOf } from './chunks-of.ts'
import { groupsCalled } from './groups-called.ts'
import { notePersonEvents } from './note-person-event.ts'

/** Somebody who comes into a group, or leaves it. */
export interface MembershipChange {
  personId: string
  group: string
  joins: boolean
}

/** What has to be changed so that groups have exactly these members, by person id; writes nothing. */
export async function planGroups(
  tx: Tx,
  groups: readonly { name: string; members: readonly string[] }[],
): Promise<MembershipChange[]> {
  const nameOf = await currentNames(
    tx,
    groups.map(({ name }) => name),
  )
  const present = await membershipsWhere(tx, { groups: groups.map(({ name }) => nameOf(name)) })
  const isMember = new Set(present.map(keyOf))
  const wanted = groups.flatMap(({ name, members }) =>
    members.map((personId) => ({ personId, group: nameOf(name) })),
  )
  return difference(wanted, present, isMember)
}

/** What has to be changed so that people are in exactly these groups; writes nothing. */
export async function planMemberships(
  tx: Tx,
  people: readonly { id: string; groups: readonly string[] }[],
): Promise<MembershipChange[]> {
  const present = await membershipsWhere(tx, { people: people.map(({ id }) => id) })
  const isMember = new Set(present.map(keyOf))
  const nameOf = await currentNames(
    tx,
    people.flatMap(({ groups }) => groups),
  )
  const wanted = people.flatMap(({ id, groups }) =>
    groups.map((group) => ({ personId: id, group: nameOf(group) })),
  )
  return difference(wanted, present, isMember)
}

/** What groups are called now that are named by a name they had; a group to be made keeps its name. */
async function currentNames(tx: Tx, names: readonly string[]): Promise<(name: string) => string> {
  const current = new Map<string, string>()
  for await (const chunk of chunksOf([...new Set(names)])) {
    for (const [called, { name }] of await groupsCalled(tx, chunk)) current.set(called, name)
  }
  return (name) => current.get(name) ?? name
}

type Membership = Omit<MembershipChange, 'joins'>

const keyOf = ({ personId, group }: Membership) => `${personId} ${group}`

function difference(
  wanted: readonly Membership[],
  present: readonly Membership[],
  isMember: ReadonlySet<string>,
): MembershipChange[] {
  const isWanted = new Set(wanted.map(keyOf))
  return [
    ...present.filter((each) => !isWanted.has(keyOf(each))).map((each) => ({ ...each, joins: false })),
    ...wanted.filter((each) => !isMember.has(keyOf(each))).map((each) => ({ ...each, joins: true })),
  ]
}

async function membershipsWhere(
  tx: Tx,
  of: { groups: readonly string[] } | { people: readonly string[] },
): Promise<Membership[]> {
  const found: Membership[] = []
  for await (const chunk of chunksOf('groups' in of ? of.groups : of.people)) {
    const rows = await tx
      .selectFrom('groupMember')
      .innerJoin('peopleGroup', 'peopleGroup.id', 'groupMember.groupId')
      .select(['groupMember.personId', 'peopleGroup.name as group'])
      .where('groups' in of ? 'peopleGroup.name' : 'groupMember.personId', 'in', chunk)
      .execute()
    found.push(...rows)
  }
  return found
}

/** Groups that are not there yet, by these names or former ones, are made. */
export async function makeGroups(
  tx: Tx,
  { names, actorId, now }: { names: readonly string[]; actorId: string | null; now: Date },
): Promise<void> {
  await lockGroups(tx)
  for await (const chunk of chunksOf([...new Set(names)])) {
    const known = await groupsCalled(tx, chunk)
    const made = chunk.filter((name) => !known.has(name)).map((name) => ({ id: newId(), name }))
    if (made.length === 0) continue
    await tx.insertInto('peopleGroup').values(made).execute()
    await tx
      .insertInto('peopleGroupEvent')
      .values(
        made.map(({ id, name }) => ({
          ...{ id: newId(), at: now, groupId: id, kind: 'made' as const },
          ...{ name, formerName: null, actorId },
        })),
      )
      .execute()
  }
}

/**
 * Keeps all others from making, renaming and deleting groups until the transaction ends: a name leads to one group, be it
 * its name or one it had.
 */
export async function lockGroups(tx: Tx): Promise<void> {
  await sql`lock table people_group in share row exclusive mode`.execute(tx)
}

/** Does what was planned of groups, which are there, and writes down who did it. */
export async function writeMemberships(
  tx: Tx,
  { changes, actorId, now }: { changes: readonly MembershipChange[]; actorId: string | null; now: Date },
): Promise<void> {
  const ids = new Map<string, string>()
  for await (const chunk of chunksOf([...new Set(changes.map(({ group }) => group))])) {
    const rows = await tx.selectFrom('peopleGroup').selectAll().where('name', 'in', chunk).execute()
    for (const { id, name } of rows) ids.set(name, id)
  }
  const rows = changes.map(({ personId, group, joins }) => {
    const groupId = ids.get(group)
    if (groupId === undefined) throw new Error(`the group ${group} was not made`)
    return { groupId, personId, joins }
  })
  for await (const chunk of chunksOf(rows.filter(({ joins }) => !joins))) {
    await tx
      .deleteFrom('groupMember')
      .where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('groupId', 'personId'),
          'in',
          chunk.map(({ groupId, personId }) => tuple(groupId, personId)),
        ),
      )
      .execute()
  }
  for await (const chunk of chunksOf(rows.filter(({ joins }) => joins))) {
    await tx
      .insertInto('groupMember')
      .values(chunk.map(({ groupId, personId }) => ({ groupId, personId })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await notePersonEvents(tx, {
    ...{ at: now, actorId },
    events: changes.map(({ personId, group, joins }) => ({
      ...{ personId, kind: joins ? 'group-joined' : 'group-left' },
      facts: { group },
    })),
  })
}
