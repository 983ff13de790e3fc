import { after } from '../lib/clock.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import type { Context } from '../store/context.ts'
import { SENT_COPY_GRACE_MS } from './deliver.ts'

/**
 * Asks the mailbox what became of a mail whose sending had no answer (promise 4): found is sent; absent, after the
 * time that a sent copy may take to appear, is waiting again; anything else is asked again later. Never resends by
 * itself.
 */
export async function findOut(
  context: Context,
  mailbox: { id: string; open: Mailbox },
  outboundMessageId: string,
  signal: AbortSignal,
): Promise<void> {
  const row = await context.db
    .selectFrom('outboundMessage')
    .select(['id', 'messageId', 'sendingSince'])
    .where('id', '=', outboundMessageId)
    .where('mailboxId', '=', mailbox.id)
    .where('state', '=', 'unknown')
    .executeTakeFirst()
  if (!row?.messageId || !row.sendingSince) return

  const now = context.clock()
  const found = await mailbox.open.findSent(row.messageId, signal)
  const graceOver = now >= after(row.sendingSince, SENT_COPY_GRACE_MS)
  if (found === 'found') {
    await change(context, row.id, { state: 'sent', sentAt: now, error: null })
  } else if (found === 'absent' && graceOver) {
    await change(context, row.id, { state: 'waiting', nextAttemptAt: now }, now)
  } else {
    const next = after(now, SENT_COPY_GRACE_MS / 4)
    await change(context, row.id, { nextAttemptAt: next }, next)
  }
}

async function change(
  context: Context,
  id: string,
  values: { state?: 'sent' | 'waiting'; sentAt?: Date; nextAttemptAt?: Date; error?: null },
  wakeAt?: Date,
): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('outboundMessage')
      .set(values)
      .where('id', '=', id)
      .where('state', '=', 'unknown')
      .execute()
    if (!wakeAt) return
    await context.enqueue(tx, {
      name: 'send-outbound',
      payload: { outboundMessageId: id },
      startAfter: wakeAt,
    })
  })
}
