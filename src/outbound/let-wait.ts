import { after } from '../lib/clock.ts'
import type { Context, Tx } from '../store/context.ts'
import { type Budget, freeNow } from './budget.ts'
import { sendingOrder } from './outbox.ts'

/** The budget is looked at no more often: its claims leave it one by one. */
const LEAST_WAIT_MS = 5_000
/** Nor more seldom: its limits may be raised, and as long as this job waits the queue takes no other for the same mail. */
const MOST_WAIT_MS = 60_000

/**
 * Has the mails of a mailbox that are due wait for its sending budget, of which so many were `taken`, in the transaction
 * that took them. They get no time and no job each, for whoever is urgent overtakes them: one job wakes their mailbox
 * when there is room, and the first in order go out then.
 */
export async function letWait(
  tx: Tx,
  context: Pick<Context, 'clock' | 'enqueue'>,
  mailboxId: string,
  budget: Budget,
  taken: number,
): Promise<void> {
  const now = context.clock()
  await tx
    .updateTable('outboundMessage')
    .set({ waitsFor: 'sending-budget' })
    .where('mailboxId', '=', mailboxId)
    .where('state', '=', 'waiting')
    .where('waitsFor', 'is', null)
    .where('nextAttemptAt', '<=', now)
    .execute()
  const first = await tx
    .selectFrom('outboundMessage')
    .select('id')
    .where('mailboxId', '=', mailboxId)
    .where('state', '=', 'waiting')
    .where('waitsFor', 'is not', null)
    .where('nextAttemptAt', '<=', now)
    .orderBy(sendingOrder)
    .limit(1)
    .executeTakeFirst()
  if (!first) return
  await context.enqueue(tx, {
    name: 'send-outbound',
    payload: { outboundMessageId: first.id },
    startAfter: freeNow(budget) > taken ? now : wakeAt(budget, taken, now),
  })
}

/** When there is room again in minute and day, of which so many were taken, or when to look again. */
function wakeAt(budget: Budget, taken: number, now: Date): Date {
  const room = [after(now, LEAST_WAIT_MS)]
  if (budget.minuteLeft <= taken) room.push(budget.minuteFreesAt)
  if (budget.dayLeft <= taken) room.push(budget.dayFreesAt)
  const free = Math.max(...room.map((time) => time.getTime()))
  return new Date(Math.min(free, now.getTime() + MOST_WAIT_MS))
}
