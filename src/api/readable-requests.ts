import type { Kysely } from 'kysely'
import { isStanding } from '../approvals/load-action.ts'
import type { Database } from '../store/schema.ts'
import { type Caller, personOf, seesEverything } from './caller.ts'

/**
 * The ids of the requests that the caller may see, for `where … in`: administrators and auditors see every one, members those they
 * made and those that they are asked about now.
 */
export function readableRequests(db: Kysely<Database>, caller: Caller) {
  const requests = db.selectFrom('request as readable').select('readable.id')
  if (seesEverything(caller)) return requests
  const personId = personOf(caller).id
  // A union, because an `or` of the two would be tried on every request there is.
  return requests
    .where('readable.requesterId', '=', personId)
    .union(
      db
        .selectFrom('action')
        .innerJoin('actionAssignee', 'actionAssignee.actionId', 'action.id')
        .select('action.requestId as id')
        .where('actionAssignee.personId', '=', personId)
        .where(isStanding),
    )
}
