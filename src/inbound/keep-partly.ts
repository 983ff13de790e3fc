import { COMMENT_LIMIT } from '../approvals/commands/record-decision.ts'
import { appendAudit } from '../store/audit.ts'
import { askBack } from './ask-back.ts'
import type { AskedPerson } from './find-asked.ts'
import { holdFlood } from './hold-flood.ts'
import { keepAnswers } from './kept-answers.ts'
import { type Said, whatStands } from './said.ts'
import type { Acted, ActParts, Understood } from './understood.ts'

/** Keeps what was understood of an answer that cannot decide yet, and asks for the rest; for all, when nothing was. */
export async function keepPartly(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
  said: Said,
): Promise<Acted> {
  const held = await holdFlood(parts, understood, asked)
  if (held !== null) return held
  const { loaded, person } = asked
  const { reading, row } = understood
  const { answers, missing, needsComment } = whatStands(loaded, said, reading)
  if (Object.keys(answers).length === 0) {
    return askBack(parts, understood, asked, reading.reason ?? 'not-an-answer')
  }

  const now = parts.context.clock()
  const actionId = loaded.action.id
  const comment = said.comment.slice(0, COMMENT_LIMIT)
  await keepAnswers(parts.tx, {
    ...{ actionId, personId: person.id, answers, comment, asked: missing },
    inboundMessageId: row.id,
    createdAt: now,
  })
  await appendAudit(parts.tx, {
    requestId: loaded.request.id,
    at: now,
    kind: 'answer-kept',
    actorId: person.id,
    payload: {
      ...{ actionId, answers, missing: needsComment ? [...missing, 'comment'] : missing },
      inboundMessageId: row.id,
      rawSha256: row.rawSha256,
    },
  })
  const reason = missing.length === 0 ? 'comment-missing' : 'incomplete'
  const kept = { answers, asked: missing, comment: needsComment }
  const acted = await askBack(parts, understood, asked, reason, { kept })
  return acted.outcome === 'asked-back' ? { ...acted, outcome: 'kept-partly' } : acted
}
