import { AppError } from '../../lib/app-error.ts'
import { putInOutbox } from '../../outbound/outbox.ts'
import type { Context, Tx } from '../../store/context.ts'
import { lockRequest } from '../load-action.ts'
import { type Actor, mayCancel } from '../model/state-machine.ts'
import { cancelWaitingMail, closeRequest } from './close-request.ts'

/**
 * Cancels an open request and its open actions. The requester may do it, and administrators; those who were asked
 * are told that nothing is expected of them any more, and why, where `comment` says it.
 * Throws `request-not-found`, `request-closed`, `not-allowed`.
 */
export async function cancelRequest(
  context: Context,
  input: { requestId: number; actor: Actor; comment: string },
): Promise<void> {
  const { requestId, actor, comment } = input
  await context.db.transaction().execute(async (tx) => {
    await lockRequest(tx, requestId)
    const request = await tx
      .selectFrom('request')
      .innerJoin('process', 'process.id', 'request.processId')
      .select(['request.id', 'request.requesterId', 'request.data', 'request.status', 'process.mailboxId'])
      .where('request.id', '=', requestId)
      .executeTakeFirst()
    if (!request) throw new AppError('request-not-found', { request: String(requestId) })
    const may = mayCancel({ request, actor })
    if (may !== 'yes') throw new AppError(may, { request: String(requestId) })

    const now = context.clock()
    const cancelled = await tx
      .updateTable('action')
      .set({ status: 'cancelled', closedAt: now })
      .where('requestId', '=', requestId)
      .where('status', '=', 'open')
      .returning('id')
      .execute()
    for (const action of cancelled) {
      await withdraw(tx, context, { actionId: action.id, requestId, mailboxId: request.mailboxId, comment })
    }
    await closeRequest(tx, context, request, {
      status: 'cancelled',
      ending: null,
      actorId: actor.id,
      comment,
    })
  })
}

/** Ends the assignments of an action, drops what was kept of their answers, and tells those whose e-mail went out. */
export async function withdraw(
  tx: Tx,
  context: Omit<Context, 'db'>,
  action: {
    actionId: string
    requestId: number
    mailboxId: string
    /** What whoever takes it from them says about it. */
    comment?: string
  },
): Promise<void> {
  const { actionId, requestId, mailboxId, comment = '' } = action
  await cancelWaitingMail(tx, [actionId])
  const ended = await endAssignments(tx, context, { actionId, personId: null })
  if (ended.length === 0) return
  const asked = await tx
    .selectFrom('outboundMessage')
    .select(['personId', 'toAddress'])
    .distinct()
    .where('actionId', '=', actionId)
    .where('kind', '=', 'approval')
    .where('state', 'in', ['sending', 'unknown', 'sent'])
    .where('personId', 'in', ended)
    .execute()
  await putInOutbox(
    tx,
    context,
    asked.map(({ personId, toAddress }) => ({
      kind: 'action-withdrawn' as const,
      mailboxId,
      toAddress,
      personId,
      requestId,
      actionId,
      payload: comment === '' ? {} : { withdrawn: { comment } },
    })),
  )
}

/**
 * Ends the assignments of an action, all or one person's, and drops what was kept of their answers. Returns whose ended;
 * mails that still ask them are taken back when they are about to go out.
 */
export async function endAssignments(
  tx: Tx,
  context: Omit<Context, 'db'>,
  { actionId, personId }: { actionId: string; personId: string | null },
): Promise<string[]> {
  await tx
    .deleteFrom('partialAnswer')
    .where('actionId', '=', actionId)
    .$if(personId !== null, (query) => query.where('personId', '=', personId ?? ''))
    .execute()
  const ended = await tx
    .updateTable('actionAssignee')
    .set({ endedAt: context.clock() })
    .where('actionId', '=', actionId)
    .$if(personId !== null, (query) => query.where('personId', '=', personId ?? ''))
    .where('endedAt', 'is', null)
    .returning('personId')
    .execute()
  return ended.map((row) => row.personId)
}
