import { putInOutbox } from '../outbound/outbox.ts'
import { appendAudit } from '../store/audit.ts'
import type { Acted, ActParts, Understood } from './understood.ts'

/** Mails whose loss somebody must hear of: without them nobody knows that an answer is awaited. */
const asking = ['approval', 'asked-back', 'confirm-held']

/**
 * A bounce, matched by our own Message-ID: the outbound message is undelivered, and the requester is told. It is
 * never answered, and the loss of a notice to the requester makes no further notice.
 */
export async function noteBounce({ tx, context }: ActParts, understood: Understood): Promise<Acted> {
  const nowhere: Acted = { outcome: 'bounce', actionId: null, requestId: null, personId: null }
  const { message, reading, row } = understood
  const messageIds = [reading.bounce?.messageId, message.inReplyTo, ...message.references].filter(
    (id): id is string => typeof id === 'string',
  )
  if (messageIds.length === 0) return nowhere
  const bounced = await tx
    .updateTable('outboundMessage')
    .set({
      state: 'undelivered',
      error: JSON.stringify({
        code: reading.bounce?.status ?? 'bounce',
        message: 'returned as undeliverable',
      }),
    })
    .where('mailboxId', '=', row.mailboxId)
    .where('messageId', 'in', messageIds)
    .where('state', 'in', ['sending', 'unknown', 'sent'])
    .returning(['id', 'kind', 'requestId', 'actionId', 'personId', 'toAddress'])
    .executeTakeFirst()
  if (!bounced) return nowhere
  const { requestId, actionId, personId } = bounced
  if (requestId !== null) {
    await appendAudit(tx, {
      requestId,
      at: context.clock(),
      kind: 'mail-undelivered',
      actorId: null,
      payload: { outboundMessageId: bounced.id, kind: bounced.kind, status: reading.bounce?.status ?? null },
    })
    if (asking.includes(bounced.kind)) {
      const requester = await tx
        .selectFrom('request')
        .innerJoin('person', 'person.id', 'request.requesterId')
        .select(['person.id', 'person.address'])
        .where('request.id', '=', requestId)
        .executeTakeFirstOrThrow()
      await putInOutbox(tx, context, [
        {
          kind: 'undelivered',
          mailboxId: row.mailboxId,
          toAddress: requester.address,
          personId: requester.id,
          requestId,
          actionId,
          payload: {
            assigneeId: personId,
            address: bounced.toAddress,
            status: reading.bounce?.status ?? null,
          },
        },
      ])
    }
  }
  return { outcome: 'bounce', requestId, actionId, personId }
}
