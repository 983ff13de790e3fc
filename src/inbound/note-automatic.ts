import { sql } from 'kysely'
import { putInOutbox } from '../outbound/outbox.ts'
import { appendAudit } from '../store/audit.ts'
import type { AskedPerson } from './find-asked.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/**
 * Automatic mail is never answered. A proven out-of-office reply is told to the requester, once an action and person, with
 * the day and the stand-in that it names. Of one that is not proven nothing is repeated: a stranger may have written it.
 */
export async function noteAutomatic(
  { tx, context }: ActParts,
  understood: Understood,
  asked: AskedPerson,
): Promise<Acted> {
  const { reading, verdict, row } = understood
  const filed = filedUnder(understood)
  const { request, action } = asked.loaded
  const { automatic } = reading
  const isProven = verdict.verdict === 'accepted'
  await appendAudit(tx, {
    requestId: request.id,
    at: context.clock(),
    kind: 'automatic-reply',
    actorId: null,
    payload: {
      actionId: action.id,
      personId: asked.person.id,
      automatic: automatic && { ...automatic, standIn: isProven ? automatic.standIn : null },
      proven: isProven,
      inboundMessageId: row.id,
    },
  })
  if (automatic?.subtype !== 'out-of-office' || !isProven || action.status !== 'open') {
    return { outcome: 'automatic', ...filed }
  }
  const told = await tx
    .selectFrom('outboundMessage')
    .select('id')
    .where('actionId', '=', action.id)
    .where('kind', '=', 'approver-away')
    .where(sql<string>`payload ->> 'assigneeId'`, '=', asked.person.id)
    .executeTakeFirst()
  if (told) return { outcome: 'automatic', ...filed }
  const requester = await tx
    .selectFrom('person')
    .select(['id', 'address'])
    .where('id', '=', request.requesterId)
    .executeTakeFirstOrThrow()
  await putInOutbox(tx, context, [
    {
      kind: 'approver-away',
      mailboxId: row.mailboxId,
      toAddress: requester.address,
      personId: requester.id,
      requestId: request.id,
      actionId: action.id,
      payload: {
        assigneeId: asked.person.id,
        returnsOn: automatic.returnsOn,
        standIn: automatic.standIn,
      },
    },
  ])
  return { outcome: 'automatic', ...filed }
}
