import { appendAudit } from '../store/audit.ts'
import { findReturnedMail } from './find-returned-mail.ts'
import type { Acted, ActParts, Understood } from './understood.ts'

/**
 * A report that a mail of ours is late, and still being tried (RFC 3464 section 2.3.3): it stays sent. The delay is noted
 * with the mail and in the history of its request; nobody is told, for most such mails arrive after all.
 */
export async function noteDelay({ tx, context }: ActParts, understood: Understood): Promise<Acted> {
  const { row, message } = understood
  const report = message.deliveryReport
  const id = await findReturnedMail(tx, context.keys, {
    mailboxId: row.mailboxId,
    messageId: report?.originalMessageId ?? null,
    returned: report?.returned ?? null,
  })
  const nothing = { outcome: 'automatic', actionId: null, requestId: null, personId: null } as const
  if (id === null || report === null) return nothing
  const { status, diagnostic } = report
  const late = await tx
    .updateTable('outboundMessage')
    .set({
      error: JSON.stringify({ code: status ?? 'delayed', message: diagnostic ?? 'delayed on its way' }),
    })
    .where('id', '=', id)
    .where('state', '=', 'sent')
    .returning(['kind', 'requestId', 'actionId', 'personId'])
    .executeTakeFirst()
  if (late === undefined || late.requestId === null) return nothing
  const { kind, requestId, actionId, personId } = late
  await appendAudit(tx, {
    requestId,
    at: context.clock(),
    kind: 'mail-delayed',
    actorId: null,
    payload: { outboundMessageId: id, kind, status },
  })
  return { outcome: 'automatic', requestId, actionId, personId }
}
