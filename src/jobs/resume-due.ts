import { after } from '../lib/clock.ts'
import type { Context } from '../store/context.ts'
import type { Job } from '../store/enqueue.ts'

/** Longer than any call to a mailbox may take: a mail that is *sending* for longer has lost its sender. */
const SENDING_LOST_MS = 3 * 60_000
const MOST_AT_ONCE = 5_000

/**
 * Message state is the truth and a job only the wake-up: whatever is due gets its job again, at start and each
 * minute. A mail left in *sending* by a process that died becomes *unknown*, for the mailbox to be asked.
 * `atStart` of the only process says that no sender of before is alive, so none is waited for.
 */
export async function resumeDue(context: Context, options: { atStart: boolean }): Promise<number> {
  const now = context.clock()
  const lostBefore = options.atStart ? now : after(now, -SENDING_LOST_MS)
  return context.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('outboundMessage')
      .set({ state: 'unknown', nextAttemptAt: now })
      .where('state', '=', 'sending')
      .where('sendingSince', '<=', lostBefore)
      .execute()
    const outbound = await tx
      .selectFrom('outboundMessage')
      .select('id')
      .where('state', 'in', ['waiting', 'unknown'])
      .where('nextAttemptAt', '<=', now)
      .orderBy('priority')
      .orderBy('createdAt')
      .limit(MOST_AT_ONCE)
      .execute()
    const inbound = await tx
      .selectFrom('inboundMessage')
      .select('id')
      .where('state', '=', 'received')
      .where('nextAttemptAt', '<=', now)
      .orderBy('receivedAt')
      .limit(MOST_AT_ONCE)
      .execute()
    const jobs: Job[] = [
      ...outbound.map(({ id }) => ({ name: 'send-outbound' as const, payload: { outboundMessageId: id } })),
      ...inbound.map(({ id }) => ({ name: 'process-inbound' as const, payload: { inboundMessageId: id } })),
    ]
    await context.enqueue(tx, jobs)
    return jobs.length
  })
}
