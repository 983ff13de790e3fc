import type { Kysely, Selectable } from 'kysely'
import type { Database, OutboundMessageTable } from '../store/schema.ts'
import { askingKinds } from './outbox.ts'

/**
 * Whether a mail still makes sense now: what asks somebody to act is dropped when the action is closed or theirs no
 * more; what tells somebody a fact always goes out.
 */
export async function isStillWanted(
  db: Kysely<Database>,
  row: Selectable<OutboundMessageTable>,
): Promise<boolean> {
  if (!askingKinds.includes(row.kind)) return true
  if (row.actionId === null || row.personId === null) return true
  const open = await db
    .selectFrom('action')
    .innerJoin('actionAssignee', 'actionAssignee.actionId', 'action.id')
    .select('action.id')
    .where('action.id', '=', row.actionId)
    .where('action.status', '=', 'open')
    .where('actionAssignee.personId', '=', row.personId)
    .where('actionAssignee.endedAt', 'is', null)
    .executeTakeFirst()
  return open !== undefined
}
