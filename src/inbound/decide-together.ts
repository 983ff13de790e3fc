import { lockRequest } from '../approvals/load-action.ts'
import { allSettled } from '../lib/all-settled.ts'
import { reached } from '../lib/milestones.ts'
import type { Context } from '../store/context.ts'
import { claimMessage } from './claim-message.ts'
import { decideByMail } from './decide-by-mail.ts'
import { isOvertaken } from './is-overtaken.ts'
import { keptAnswers } from './kept-answers.ts'
import { markProcessed } from './mark-processed.ts'
import { type ActParts, filedUnder, type Understood } from './understood.ts'
import { whatFollows } from './what-follows.ts'

/**
 * Decides what these plain answers say, all in one transaction, whose statements they share (`store/together.ts`): what a
 * full mailbox mostly holds, at a fraction of the cost. Each stands for itself in all but that. Returns those that did
 * not decide, untouched, for `act`: late ones, copies, those that lack something; all of them, when anything fails.
 * No two may belong to one request.
 */
export async function decideTogether(context: Context, answers: Understood[]): Promise<Understood[]> {
  if (answers.length < 2) return answers
  const decided = await context.db
    .transaction()
    .execute((tx) => allSettled(answers.map((answer) => decide({ tx, context }, answer))))
    .catch((error: unknown) => {
      context.log.warn({ messages: answers.length, err: error }, 'answers are decided one by one')
      return []
    })
  return answers.filter((answer, index) => {
    if (!decided[index]) return true
    const { id, receivedAt } = answer.row
    reached('reply-acted-on', { inboundMessageId: id, outcome: 'decided', receivedAt })
    return false
  })
}

async function decide(parts: ActParts, understood: Understood): Promise<boolean> {
  const next = whatFollows(understood)
  if (next.to !== 'decide') return false
  const claim = await claimMessage(parts.tx, understood.row)
  if (claim === 'gone' || claim.earlierCopy !== null) return false
  const { loaded, person } = next.asked
  await lockRequest(parts.tx, loaded.request.id)
  // What is kept of earlier replies is to be looked at with this one.
  if ((await keptAnswers(parts.tx, { actionId: loaded.action.id, personId: person.id })) !== null)
    return false
  if (await isOvertaken(parts.tx, { understood, asked: next.asked })) return false
  const outcome = await decideByMail(parts, understood, next.asked, understood.reading, null)
  if (outcome !== 'decided') return false
  await markProcessed(parts.tx, {
    understood,
    acted: { outcome, ...filedUnder(understood) },
    duplicateOf: null,
    at: parts.context.clock(),
  })
  return true
}
