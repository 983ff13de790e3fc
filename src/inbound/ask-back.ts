import { sql } from 'kysely'
import type { AskedBackReason } from '../store/schema.ts'
import { answerByMail } from './answer-cap.ts'
import type { AskedPerson } from './find-asked.ts'
import { keepHeld } from './hold.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/** Unclear replies of one person to one action are asked back so often; after that an administrator has to look. */
const MOST_ASKED_BACK = 2

/**
 * Asks the assignee again, showing what was read and how to answer; the action stays open (promise 1). An answer of
 * theirs that waited for its comment is dropped, for an unclear reply may have taken it back.
 */
export async function askBack(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
  reason: AskedBackReason,
): Promise<Acted> {
  const actionId = asked.loaded.action.id
  if (reason !== 'help' && reason !== 'comment-missing') {
    await parts.tx
      .deleteFrom('partialAnswer')
      .where('actionId', '=', actionId)
      .where('personId', '=', asked.person.id)
      .execute()
  }
  const { count } = await parts.tx
    .selectFrom('outboundMessage')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('actionId', '=', actionId)
    .where('personId', '=', asked.person.id)
    .where('kind', '=', 'asked-back')
    .where(sql<string>`payload ->> 'reason'`, '!=', 'help')
    .executeTakeFirstOrThrow()
  if (Number(count) >= MOST_ASKED_BACK && reason !== 'help') {
    return keepHeld(parts, understood, asked, ['asked-back-twice', reason])
  }

  const { reading, row } = understood
  const isSent = await answerByMail(parts, {
    kind: 'asked-back',
    mailboxId: row.mailboxId,
    toAddress: asked.person.address,
    personId: asked.person.id,
    requestId: asked.loaded.request.id,
    actionId,
    inReplyTo: row.id,
    payload: { reason, understood: reading.answers.Q1 ?? null },
  })
  // Nobody hears of it by mail any more for now: somebody has to look.
  if (!isSent) return keepHeld(parts, understood, asked, ['answer-cap', reason])
  return { outcome: reason === 'help' ? 'instructed' : 'asked-back', ...filedUnder(understood) }
}
