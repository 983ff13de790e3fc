import type { Context, Tx } from '../store/context.ts'

/**
 * Makes a mailbox that of a copy, which works beside the original: what the database holds of the original's work is not
 * its own. Replies that were stored and not put aside yet stay where they are, what could not be fetched is forgotten,
 * and mails under way are written anew, under tokens and Message-IDs of the copy, for the test address; so are those
 * that were given up, when they are run again.
 */
export async function leaveToOriginal(
  tx: Tx,
  context: Pick<Context, 'clock' | 'enqueue'>,
  id: string,
): Promise<void> {
  await tx
    .updateTable('inboundMessage')
    .set({ settleState: 'failed' })
    .where('mailboxId', '=', id)
    .where('settleState', '=', 'due')
    .execute()
  await tx.deleteFrom('failedFetch').where('mailboxId', '=', id).execute()
  // Its subscription calls the original, which would miss it.
  await tx.deleteFrom('mailboxPush').where('mailboxId', '=', id).execute()
  await tx
    .updateTable('outboundMessage')
    .set({ messageId: null })
    .where('mailboxId', '=', id)
    .where('state', '=', 'dead')
    .execute()
  const now = context.clock()
  const anew = {
    state: 'waiting' as const,
    messageId: null,
    sendingSince: null,
    attempts: 0,
    nextAttemptAt: now,
  }
  const mails = await tx
    .updateTable('outboundMessage')
    .set(anew)
    .where('mailboxId', '=', id)
    .where('state', 'in', ['waiting', 'sending', 'unknown'])
    .returning('id as outboundMessageId')
    .execute()
  await context.enqueue(
    tx,
    mails.map((payload) => ({ name: 'send-outbound' as const, payload })),
  )
}
