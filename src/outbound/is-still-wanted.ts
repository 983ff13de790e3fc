import type { Kysely, Selectable } from 'kysely'
import { isStanding } from '../approvals/load-action.ts'
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
    .selectFrom('actionAssignee')
    .select('actionAssignee.actionId')
    .where('actionAssignee.actionId', '=', row.actionId)
    .where('actionAssignee.personId', '=', row.personId)
    .where(isStanding)
    .where((where) =>
      where.exists(
        where
          .selectFrom('action')
          .select('action.id')
          .whereRef('action.id', '=', 'actionAssignee.actionId')
          .where('action.status', '=', 'open'),
      ),
    )
    .executeTakeFirst()
  return open !== undefined
}
