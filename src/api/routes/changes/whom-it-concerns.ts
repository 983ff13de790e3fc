import type { Kysely } from 'kysely'
import { isStanding } from '../../../approvals/load-action.ts'
import type { Person } from '../../../people/find-person.ts'
import type { Database } from '../../../store/schema.ts'

/** What one person hears of a change. */
export interface Concern {
  /** What waits or has waited for them is another. */
  toDo: boolean
  /** The requests that they made are others. */
  ownRequests: boolean
  /** Those of the changed requests that they may see (`readableRequests`). */
  requests: Set<number>
}

/**
 * What of the changed requests concerns these people. Who is no longer asked about a request hears that their list is another,
 * and not by which request. Who sees everything hears of each.
 */
export async function whomItConcerns(
  db: Kysely<Database>,
  changed: readonly number[],
  people: readonly { id: Person['id']; seesEverything: boolean }[],
): Promise<Map<string, Concern>> {
  const concerns = new Map<string, Concern>(
    people.map(({ id, seesEverything }) => [
      id,
      { toDo: false, ownRequests: false, requests: new Set(seesEverything ? changed : []) },
    ]),
  )
  if (changed.length === 0 || people.length === 0) return concerns
  const ids = [...concerns.keys()]
  const made = await db
    .selectFrom('request')
    .select(['id', 'requesterId'])
    .where('id', 'in', changed)
    .where('requesterId', 'in', ids)
    .execute()
  for (const { id, requesterId } of made) {
    const concern = concerns.get(requesterId)
    if (concern) concern.ownRequests = true
    concern?.requests.add(id)
  }
  const asked = await db
    .selectFrom('action')
    .innerJoin('actionAssignee', 'actionAssignee.actionId', 'action.id')
    .select(['action.requestId', 'actionAssignee.personId', (row) => isStanding(row).as('isStanding')])
    .where('action.requestId', 'in', changed)
    .where('actionAssignee.personId', 'in', ids)
    .execute()
  for (const { requestId, personId, isStanding } of asked) {
    const concern = concerns.get(personId)
    if (concern) concern.toDo = true
    if (isStanding) concern?.requests.add(requestId)
  }
  return concerns
}
