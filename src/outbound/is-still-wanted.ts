import type { Kysely, Selectable } from 'kysely'
import { isStanding } from '../approvals/load-action.ts'
import type { Database, OutboundMessageTable } from '../store/schema.ts'
import { together } from '../store/together.ts'
import { askingKinds } from './outbox.ts'

/**
 * Whether a mail still makes sense now: what asks somebody to act is dropped when the action is closed or theirs no
 * more; what tells somebody a fact always goes out.
 */
export async function isStillWanted(
  db: Kysely<Database>,
  { kind, actionId, personId }: Pick<Selectable<OutboundMessageTable>, 'kind' | 'actionId' | 'personId'>,
): Promise<boolean> {
  if (!askingKinds.includes(kind) || actionId === null || personId === null) return true
  return isAssigned(db, { actionId, personId })
}

/** Whether an action is open and somebody's now. */
const isAssigned = together(async (db, asked: readonly { actionId: string; personId: string }[]) => {
  const standing = await db
    .selectFrom('actionAssignee')
    .select(['actionAssignee.actionId', 'actionAssignee.personId'])
    .where(
      'actionAssignee.actionId',
      'in',
      asked.map(({ actionId }) => actionId),
    )
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
    .execute()
  const pairs = new Set(standing.map(({ actionId, personId }) => `${actionId} ${personId}`))
  return asked.map(({ actionId, personId }) => pairs.has(`${actionId} ${personId}`))
})
