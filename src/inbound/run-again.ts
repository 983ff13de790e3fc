import type { Context, Tx } from '../store/context.ts'

/**
 * Takes a message up again that was given up: one that could not be processed is read anew, one that could not be
 * fetched is fetched anew. Returns whether there was such a message: one that is waiting or processed is left alone, so
 * a repeated call does nothing and nothing is decided twice.
 */
export async function runInboundAgain(
  tx: Tx,
  context: Pick<Context, 'clock' | 'enqueue'>,
  id: string,
): Promise<boolean> {
  const again = { attempts: 0, nextAttemptAt: context.clock() }
  const read = await tx
    .updateTable('inboundMessage')
    .set({ ...again, state: 'received' })
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .where('erasedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (read) {
    await context.enqueue(tx, { name: 'process-inbound', payload: { inboundMessageId: id } })
    return true
  }
  const fetched = await tx
    .updateTable('failedFetch')
    .set(again)
    .where('id', '=', id)
    .where('nextAttemptAt', 'is', null)
    .returning('mailboxId')
    .executeTakeFirst()
  if (fetched) await context.enqueue(tx, { name: 'receive', payload: { mailboxId: fetched.mailboxId } })
  return fetched !== undefined
}
