import { AppError } from '../../lib/app-error.ts'
import { newId } from '../../lib/new-id.ts'
import { lockGroups, writeMemberships } from '../../people/write-groups.ts'
import type { Context, Tx } from '../../store/context.ts'
import type { ProcessDefinition } from '../model/process.ts'

/** As many of those that keep a group as a message names. */
const MOST_NAMED = 10

/**
 * Deletes a group, and writes down who did it. What its members were asked as such, and is closed, they go on seeing. Throws
 * `group-not-found`; `group-in-process` while a process names it, in its current version or in one that requests still run
 * on; `group-has-actions` while its members are asked about an open action.
 */
export async function deleteGroup(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { groupId, actorId }: { groupId: string; actorId: string | null },
): Promise<void> {
  const now = clock()
  await db.transaction().execute(async (tx) => {
    await lockGroups(tx)
    // Whoever opens an action for the group, at this moment, refers to it.
    const group = await tx
      .selectFrom('peopleGroup')
      .selectAll()
      .where('id', '=', groupId)
      .forUpdate()
      .executeTakeFirst()
    if (group === undefined) throw new AppError('group-not-found', { group: groupId })
    const { name } = group
    const processes = await processesNaming(tx, groupId, name)
    if (processes.length > 0)
      throw new AppError('group-in-process', { group: name, processes: listed(processes) })
    const requests = await requestsAsking(tx, groupId)
    if (requests.length > 0)
      throw new AppError('group-has-actions', { group: name, requests: listed(requests) })

    const members = await tx
      .selectFrom('groupMember')
      .select('personId')
      .where('groupId', '=', groupId)
      .execute()
    await keepSight(tx, groupId, now)
    const changes = members.map(({ personId }) => ({ personId, group: name, joins: false }))
    await writeMemberships(tx, { changes, actorId, now })
    await tx.deleteFrom('peopleGroup').where('id', '=', groupId).execute()
    await tx
      .insertInto('peopleGroupEvent')
      .values({ id: newId(), at: now, groupId, kind: 'deleted', name, formerName: null, actorId })
      .execute()
  })
}

/** The versions of processes that would ask the group, or have it asked: `purchase 3`. */
async function processesNaming(tx: Tx, groupId: string, name: string): Promise<string[]> {
  const former = await tx
    .selectFrom('peopleGroupFormerName')
    .select('name')
    .where('groupId', '=', groupId)
    .execute()
  const names = new Set([name, ...former.map((one) => one.name)])
  const processes = await tx
    .selectFrom('process')
    .select(['name', 'version', 'definition'])
    .where((where) =>
      where.or([
        where('status', '=', 'active'),
        where.exists(
          where
            .selectFrom('request')
            .select('request.id')
            .whereRef('request.processId', '=', 'process.id')
            .where('request.status', '=', 'open'),
        ),
      ]),
    )
    .orderBy('name')
    .orderBy('version')
    .execute()
  return processes
    .filter(({ definition }) => groupsOf(definition).some((group) => names.has(group)))
    .map((process) => `${process.name} ${process.version}`)
}

const groupsOf = ({ steps }: ProcessDefinition): string[] =>
  steps.flatMap(({ assignee, delegation }) =>
    [assignee, delegation].flatMap((named) => (named.kind === 'group' ? named.name : [])),
  )

async function requestsAsking(tx: Tx, groupId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('actionAssignee')
    .innerJoin('action', 'action.id', 'actionAssignee.actionId')
    .select('action.requestId')
    .distinct()
    .where('actionAssignee.groupId', '=', groupId)
    .where('actionAssignee.endedAt', 'is', null)
    .where('action.status', '=', 'open')
    .orderBy('action.requestId')
    .limit(MOST_NAMED + 1)
    .execute()
  return rows.map(({ requestId }) => `#${requestId}`)
}

const listed = (names: string[]): string =>
  names.slice(0, MOST_NAMED).join(', ') + (names.length > MOST_NAMED ? ' …' : '')

/** Who is a member now was asked by name from now on; who was taken out before stays without. See `isStanding`. */
async function keepSight(tx: Tx, groupId: string, now: Date): Promise<void> {
  await tx
    .updateTable('actionAssignee')
    .set({ endedAt: now })
    .where('groupId', '=', groupId)
    .where('endedAt', 'is', null)
    .where('personId', 'not in', (members) =>
      members.selectFrom('groupMember').select('personId').where('groupMember.groupId', '=', groupId),
    )
    .execute()
  await tx.updateTable('actionAssignee').set({ groupId: null }).where('groupId', '=', groupId).execute()
}
