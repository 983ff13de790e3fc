import { isReadToItsEnd } from '../inbound/is-read-to-its-end.ts'
import { after } from '../lib/clock.ts'
import { SEND_MS } from '../outbound/budget.ts'
import { sendingOrder } from '../outbound/outbox.ts'
import type { Context, Tx } from '../store/context.ts'
import type { Job } from '../store/enqueue.ts'

/** Longer than a round of sending may take: a mail that is *sending* for longer has lost its sender. */
const SENDING_LOST_MS = SEND_MS + 60_000
/** What became due within this time has a job of its own that is about to run. */
const FRESH_MS = 60_000
const MOST_AT_ONCE = 5_000

/**
 * Message state is the truth and a job only the wake-up: whatever is due gets its job again, at start and each
 * minute. A mail left in *sending* by a process that died becomes *unknown*, for the mailbox to be asked. The only
 * process that serves a database knows at its start that no sender of before is alive, and waits for none.
 */
export async function resumeDue(
  context: Context,
  options: { atStart: boolean; isOnlyProcess: boolean },
): Promise<number> {
  const now = context.clock()
  const lostBefore = options.atStart && options.isOnlyProcess ? now : after(now, -SENDING_LOST_MS)
  const dueBefore = options.atStart ? now : after(now, -FRESH_MS)
  return context.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('outboundMessage')
      .set({ state: 'unknown', nextAttemptAt: now })
      .where('state', '=', 'sending')
      .where('sendingSince', '<=', lostBefore)
      .execute()
    const jobs: Job[] = [
      ...(await dueOutbound(tx, now, dueBefore)).map((id) => ({
        name: 'send-outbound' as const,
        payload: { outboundMessageId: id },
      })),
      ...(await dueInbound(tx, dueBefore)).map((id) => ({
        name: 'process-inbound' as const,
        payload: { inboundMessageId: id },
      })),
    ]
    await context.enqueue(tx, jobs)
    return jobs.length
  })
}

/**
 * Mails of mailboxes that may be called: those of a mailbox in trouble must not stand before all others. Of those that
 * wait for the sending budget one each wakes their mailbox.
 */
async function dueOutbound(tx: Tx, now: Date, dueBefore: Date): Promise<string[]> {
  const due = tx
    .selectFrom('outboundMessage')
    .innerJoin('mailbox', 'mailbox.id', 'outboundMessage.mailboxId')
    .select('outboundMessage.id')
    .where('outboundMessage.state', 'in', ['waiting', 'unknown'])
    .where('outboundMessage.nextAttemptAt', '<=', dueBefore)
    .where('mailbox.state', '=', 'running')
    .where((where) =>
      where.or([where('mailbox.sendRetryAt', 'is', null), where('mailbox.sendRetryAt', '<=', now)]),
    )
  const free = await due.where('waitsFor', 'is', null).orderBy(sendingOrder).limit(MOST_AT_ONCE).execute()
  const first = await due
    .where('waitsFor', 'is not', null)
    .distinctOn('mailboxId')
    .orderBy('mailboxId')
    .orderBy(sendingOrder)
    .execute()
  return [...free, ...first].map(({ id }) => id)
}

async function dueInbound(tx: Tx, dueBefore: Date): Promise<string[]> {
  const rows = await tx
    .selectFrom('inboundMessage')
    .innerJoin('mailbox', 'mailbox.id', 'inboundMessage.mailboxId')
    .select('inboundMessage.id')
    .where('inboundMessage.state', '=', 'received')
    .where('nextAttemptAt', '<=', dueBefore)
    .where(isReadToItsEnd)
    .orderBy('receivedAt')
    .limit(MOST_AT_ONCE)
    .execute()
  return rows.map(({ id }) => id)
}
