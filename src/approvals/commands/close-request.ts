import { AppError } from '../../lib/app-error.ts'
import { askingKinds, putInOutbox } from '../../outbound/outbox.ts'
import { appendAudit } from '../../store/audit.ts'
import type { Context, Tx } from '../../store/context.ts'
import type { RequestInHand } from './open-action.ts'

/**
 * Ends a request in the caller's transaction and tells the requester. `ending` is the definition's name of the end
 * that was reached; null when it was cancelled. Throws `request-closed`: an end is final.
 */
export async function closeRequest(
  tx: Tx,
  context: Omit<Context, 'db'>,
  request: RequestInHand,
  end: { status: 'completed' | 'cancelled'; ending: string | null; actorId: string | null },
): Promise<void> {
  const now = context.clock()
  const closed = await tx
    .updateTable('request')
    .set({ status: end.status, ending: end.ending, closedAt: now })
    .where('id', '=', request.id)
    .where('status', '=', 'open')
    .returning('id')
    .executeTakeFirst()
  if (!closed) throw new AppError('request-closed', { request: String(request.id) })
  await appendAudit(tx, {
    requestId: request.id,
    at: now,
    kind: end.status === 'completed' ? 'request-completed' : 'request-cancelled',
    actorId: end.actorId,
    payload: { ending: end.ending },
  })
  const requester = await tx
    .selectFrom('person')
    .select('address')
    .where('id', '=', request.requesterId)
    .executeTakeFirstOrThrow()
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

/** Takes back the mails of an action that have not gone out: they ask for what nobody needs any more. */
export async function cancelWaitingMail(tx: Tx, actionId: string): Promise<void> {
  await tx
    .updateTable('outboundMessage')
    .set({ state: 'cancelled' })
    .where('actionId', '=', actionId)
    .where('kind', 'in', askingKinds)
    .where('state', '=', 'waiting')
    .execute()
}
