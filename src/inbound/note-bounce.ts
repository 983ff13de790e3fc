import { reportUndelivered } from '../outbound/report-undelivered.ts'
import type { Acted, ActParts, Understood } from './understood.ts'

/**
 * A bounce, matched by our own Message-ID that the report names: the outbound message is undelivered. It is never
 * answered.
 */
export async function noteBounce({ tx, context }: ActParts, understood: Understood): Promise<Acted> {
  const { bounce } = understood.reading
  const status = bounce?.status ?? null
  const bounced = bounce?.messageId
    ? await tx
        .updateTable('outboundMessage')
        .set((row) => ({
          state: 'undelivered',
          // Whoever sent it may not have noted it yet; what came back did go out. A repeat went out after its first copy.
          sentAt: row.case().when('state', '=', 'sent').then(row.ref('sentAt')).else(context.clock()).end(),
          error: JSON.stringify({ code: status ?? 'bounce', message: 'returned as undeliverable' }),
        }))
        .where('mailboxId', '=', understood.row.mailboxId)
        .where('messageId', '=', bounce.messageId)
        .where('state', 'in', ['sending', 'unknown', 'sent'])
        .returning(['id', 'kind', 'mailboxId', 'requestId', 'actionId', 'personId', 'toAddress'])
        .executeTakeFirst()
    : undefined
  if (!bounced) return { outcome: 'bounce', actionId: null, requestId: null, personId: null }
  await reportUndelivered(tx, context, bounced, status)
  const { requestId, actionId, personId } = bounced
  return { outcome: 'bounce', requestId, actionId, personId }
}
