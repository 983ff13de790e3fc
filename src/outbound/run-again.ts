import { OUTCOME_UNKNOWN } from '../lib/outcome-unknown.ts'
import { appendAudit } from '../store/audit.ts'
import type { Context, Tx } from '../store/context.ts'

/**
 * Takes a mail up again that was given up, or came back undelivered, to the address that its person has now. Where it is
 * not known whether it went out, the mailbox is asked again; with `evenIfSent` it goes out, for a person has decided so.
 * Returns whether there was such a mail: one that is under way or out is left alone, so a repeated call does nothing.
 */
export async function runOutboundAgain(
  tx: Tx,
  context: Pick<Context, 'clock' | 'enqueue'>,
  id: string,
  { actorId, evenIfSent }: { actorId: string | null; evenIfSent: boolean },
): Promise<boolean> {
  const row = await tx
    .selectFrom('outboundMessage')
    .leftJoin('person', 'person.id', 'outboundMessage.personId')
    .selectAll('outboundMessage')
    .select('person.address as currentAddress')
    .where('outboundMessage.id', '=', id)
    .where('outboundMessage.state', 'in', ['dead', 'undelivered'])
    .forUpdate('outboundMessage')
    .executeTakeFirst()
  if (!row) return false

  const now = context.clock()
  // One without a Message-ID is the original's, and this is a copy: nobody can tell of it here.
  const ask = row.error?.code === OUTCOME_UNKNOWN && row.messageId !== null && !evenIfSent
  await tx
    .updateTable('outboundMessage')
    .set({
      attempts: 0,
      nextAttemptAt: now,
      // The mailbox is asked about this Message-ID, with new patience.
      ...(ask
        ? { state: 'unknown', sendingSince: now }
        : { state: 'waiting', sendingSince: null, toAddress: row.currentAddress ?? row.toAddress }),
      // It did go out: under the same one its copy in Sent Items would be taken for the repeat's.
      ...(row.state === 'undelivered' ? { messageId: null } : {}),
    })
    .where('id', '=', id)
    .execute()
  await context.enqueue(tx, { name: 'send-outbound', payload: { outboundMessageId: id } })
  if (row.requestId !== null) {
    const payload = { outboundMessageId: id, kind: row.kind, was: row.state, evenIfSent }
    await appendAudit(tx, { requestId: row.requestId, at: now, kind: 'mail-run-again', actorId, payload })
  }
  return true
}
