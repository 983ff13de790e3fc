import type { Kysely } from 'kysely'
import { AppError } from '../../lib/app-error.ts'
import { askingKinds, putInOutbox } from '../../outbound/outbox.ts'
import { findPerson } from '../../people/find-person.ts'
import { appendAudit } from '../../store/audit.ts'
import type { Context, Tx } from '../../store/context.ts'
import type { Database } from '../../store/schema.ts'
import { together } from '../../store/together.ts'
import { type RowChange, updateEach } from '../../store/update-each.ts'
import type { RequestInHand } from './open-action.ts'

/**
 * Ends a request in the caller's transaction and tells the requester. `ending` is the definition's name of the end
 * that was reached; null when it was cancelled. Throws `request-closed`: an end is final.
 */
export async function closeRequest(
  tx: Tx,
  context: Omit<Context, 'db'>,
  request: RequestInHand,
  end: {
    status: 'completed' | 'cancelled'
    ending: string | null
    actorId: string | null
    /** Why it was cancelled. */
    comment?: string
  },
): Promise<void> {
  const now = context.clock()
  const closed = await endRequest(tx, {
    id: request.id,
    status: end.status,
    ending: end.ending,
    closedAt: now,
  })
  if (!closed) throw new AppError('request-closed', { request: String(request.id) })
  await appendAudit(tx, {
    requestId: request.id,
    at: now,
    kind: end.status === 'completed' ? 'request-completed' : 'request-cancelled',
    actorId: end.actorId,
    payload: { ending: end.ending, ...(end.comment ? { comment: end.comment } : {}) },
  })
  const requester = await findPerson(tx, request.requesterId)
  if (!requester) throw new Error(`request ${request.id} of nobody`)
  await putInOutbox(tx, context, [
    {
      kind: 'request-closed',
      mailboxId: request.mailboxId,
      toAddress: requester.address,
      personId: request.requesterId,
      requestId: request.id,
      actionId: null,
    },
  ])
}

const endRequest = together(async (tx, ends: readonly RowChange<'request'>[]) => {
  const ended = await updateEach(tx, 'request', ends, { status: 'open' })
  return ends.map(({ id }) => ended.has(id))
})

/** Takes back the mails of actions that have not gone out: they ask for what nobody needs any more. */
export async function cancelWaitingMail(tx: Kysely<Database>, actionIds: string[]): Promise<void> {
  await tx
    .updateTable('outboundMessage')
    .set({ state: 'cancelled' })
    .where('actionId', 'in', actionIds)
    .where('kind', 'in', askingKinds)
    .where('state', '=', 'waiting')
    .execute()
}
