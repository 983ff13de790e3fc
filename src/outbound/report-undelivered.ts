import type { Selectable } from 'kysely'
import type { Clock } from '../lib/clock.ts'
import { appendAudit } from '../store/audit.ts'
import type { Tx } from '../store/context.ts'
import type { Enqueue } from '../store/enqueue.ts'
import type { OutboundMessageTable } from '../store/schema.ts'
import { isStillWanted } from './is-still-wanted.ts'
import { askingKinds, putInOutbox } from './outbox.ts'

type LostMail = Pick<
  Selectable<OutboundMessageTable>,
  'id' | 'kind' | 'mailboxId' | 'requestId' | 'actionId' | 'personId' | 'toAddress'
>

/**
 * A mail of ours did not reach its recipient, by a bounce or because it was given up: noted in the request's history,
 * and the requester is told where an answer is still awaited that nobody was asked for. The loss of a notice makes no
 * further notice. `status` is the RFC 3463 status or the provider's code.
 */
export async function reportUndelivered(
  tx: Tx,
  parts: { clock: Clock; enqueue: Enqueue },
  mail: LostMail,
  status: string | null,
): Promise<void> {
  const { requestId } = mail
  if (requestId === null) return
  await appendAudit(tx, {
    requestId,
    at: parts.clock(),
    kind: 'mail-undelivered',
    actorId: null,
    payload: { outboundMessageId: mail.id, kind: mail.kind, status },
  })
  if (!askingKinds.includes(mail.kind) || !(await isStillWanted(tx, mail))) return
  const requester = await tx
    .selectFrom('request')
    .innerJoin('person', 'person.id', 'request.requesterId')
    .select(['person.id', 'person.address'])
    .where('request.id', '=', requestId)
    .executeTakeFirstOrThrow()
  await putInOutbox(tx, parts, [
    {
      kind: 'undelivered',
      mailboxId: mail.mailboxId,
      toAddress: requester.address,
      personId: requester.id,
      requestId,
      actionId: mail.actionId,
      payload: { assigneeId: mail.personId, address: mail.toAddress, status },
    },
  ])
}
