import type { Tx } from '../store/context.ts'

/**
 * Forgets the ids of messages that were not put aside, or could not be fetched: to another mailbox, and to another type,
 * they mean nothing, or other messages (IMAP counts from 1 in every folder).
 */
export async function forgetIds(tx: Tx, mailboxId: string): Promise<void> {
  await tx.deleteFrom('failedFetch').where('mailboxId', '=', mailboxId).execute()
  await tx
    .updateTable('inboundMessage')
    .set({ settleState: 'done' })
    .where('mailboxId', '=', mailboxId)
    .where('settleState', '=', 'due')
    .execute()
}
