import { reportUndelivered } from '../outbound/report-undelivered.ts'
import { findReturnedMail } from './find-returned-mail.ts'
import type { Acted, ActParts, Understood } from './understood.ts'

/**
 * A bounce of a mail of ours: it is undelivered, whatever was trusted, for whoever can name it has had it in hands. A
 * report is never answered, and what it says in its own words is for administrators alone.
 */
export async function noteBounce({ tx, context }: ActParts, understood: Understood): Promise<Acted> {
  const { row, message, reading } = understood
  const { messageId = null, status = null, diagnostic = null } = reading.bounce ?? {}
  const id = await findReturnedMail(tx, context.keys, {
    mailboxId: row.mailboxId,
    messageId,
    returned: message.deliveryReport?.returned ?? null,
  })
  if (id === null) return { outcome: 'bounce', actionId: null, requestId: null, personId: null }
  const bounced = await tx
    .updateTable('outboundMessage')
    .set((mail) => ({
      state: 'undelivered',
      // Whoever sent it may not have noted it yet; what came back did go out. A repeat went out after its first copy.
      sentAt: mail.case().when('state', '=', 'sent').then(mail.ref('sentAt')).else(context.clock()).end(),
      error: JSON.stringify({
        code: status ?? 'bounce',
        message: diagnostic ?? 'returned as undeliverable',
      }),
    }))
    .where('id', '=', id)
    .returning(['id', 'kind', 'mailboxId', 'requestId', 'actionId', 'personId', 'toAddress'])
    .executeTakeFirstOrThrow()
  await reportUndelivered(tx, context, bounced, status)
  const { requestId, actionId, personId } = bounced
  return { outcome: 'bounce', requestId, actionId, personId }
}
