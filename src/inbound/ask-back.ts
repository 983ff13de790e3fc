import { sql } from 'kysely'
import type { AskedBackReason, OutboundPayload } from '../store/schema.ts'
import { answerByMail } from './answer-cap.ts'
import type { AskedPerson } from './find-asked.ts'
import { keepHeld } from './hold.ts'
import { dropKeptAnswers } from './kept-answers.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/**
 * Replies of one person to one action are asked back so often, and once more for each further question, since they may be
 * answered one by one; after that an administrator has to look.
 */
const MOST_ASKED_BACK = 2

/** What mail programs and gateways do to a reply, its writer does not mend by trying again: they are told once. */
const toldOnce: readonly AskedBackReason[] = ['encrypted', 'winmail', 'damaged']

/** By these no reply can have taken back what is kept of earlier ones. */
const leaveKept: readonly AskedBackReason[] = ['help', 'comment-missing', 'incomplete']

/**
 * Asks the assignee again, showing what was read and how to answer; the action stays open (promise 1). What was kept of
 * their answer is dropped, for an unclear reply may have taken it back.
 *
 * @param also What the mail says beyond the reason: what is kept of the answer, or why they are not replaced.
 */
export async function askBack(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
  reason: AskedBackReason,
  also: Pick<OutboundPayload, 'kept' | 'refused'> = {},
): Promise<Acted> {
  const actionId = asked.loaded.action.id
  const personId = asked.person.id
  if (!leaveKept.includes(reason)) await dropKeptAnswers(parts.tx, { actionId, personId })
  const { count, alike } = await parts.tx
    .selectFrom('outboundMessage')
    .select((select) => [
      select.fn.countAll<string>().as('count'),
      sql<string>`count(*) filter (where payload ->> 'reason' = ${reason})`.as('alike'),
    ])
    .where('actionId', '=', actionId)
    .where('personId', '=', personId)
    .where('kind', '=', 'asked-back')
    .where(sql<string>`payload ->> 'reason'`, '!=', 'help')
    .executeTakeFirstOrThrow()
  const most = MOST_ASKED_BACK + asked.loaded.step.furtherQuestions.length
  if (Number(count) >= most && reason !== 'help') {
    return keepHeld(parts, understood, asked, ['asked-back-twice', reason])
  }
  if (toldOnce.includes(reason) && Number(alike) > 0) {
    return keepHeld(parts, understood, asked, ['told-already', reason])
  }

  const { reading, row } = understood
  const isSent = await answerByMail(parts, {
    kind: 'asked-back',
    mailboxId: row.mailboxId,
    toAddress: asked.person.address,
    personId,
    requestId: asked.loaded.request.id,
    actionId,
    inReplyTo: row.id,
    payload: { reason, understood: reading.answers[asked.loaded.step.question.id] ?? null, ...also },
  })
  // Nobody hears of it by mail any more for now: somebody has to look.
  if (!isSent) return keepHeld(parts, understood, asked, ['answer-cap', reason])
  return { outcome: reason === 'help' ? 'instructed' : 'asked-back', ...filedUnder(understood) }
}
