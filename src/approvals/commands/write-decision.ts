import type { Insertable } from 'kysely'
import type { DecisionTable } from '../../store/schema.ts'
import { writeTogether } from '../../store/together.ts'
import { updateEach } from '../../store/update-each.ts'
import type { RequestData } from '../model/check-request-data.ts'
import { cancelWaitingMail } from './close-request.ts'

interface WrittenDecision {
  decision: Insertable<DecisionTable> & { decidedAt: Date }
  requestId: number
  /** The request's data with the answers in their return fields. */
  data: RequestData
}

/**
 * Writes a decision and what it ends: the action is closed, what was kept of answers is dropped, mails that still ask
 * are taken back. Throws when the action has a decision already (the primary key).
 */
export const writeDecision = writeTogether(async (tx, written: readonly WrittenDecision[]) => {
  const actionIds = written.map(({ decision }) => decision.actionId)
  await tx
    .insertInto('decision')
    .values(written.map(({ decision }) => decision))
    .execute()
  await updateEach(
    tx,
    'action',
    written.map(({ decision }) => ({
      id: decision.actionId,
      status: 'decided' as const,
      closedAt: decision.decidedAt,
    })),
  )
  await tx.deleteFrom('partialAnswer').where('actionId', 'in', actionIds).execute()
  await cancelWaitingMail(tx, actionIds)
  await updateEach(
    tx,
    'request',
    written.map(({ requestId, data }) => ({ id: requestId, data })),
  )
})
