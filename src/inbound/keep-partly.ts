import { COMMENT_LIMIT } from '../approvals/commands/record-decision.ts'
import { whatLacks } from '../approvals/model/what-lacks.ts'
import { appendAudit } from '../store/audit.ts'
import { askBack } from './ask-back.ts'
import type { AskedPerson } from './find-asked.ts'
import { holdFlood } from './hold-flood.ts'
import { keepAnswers } from './kept-answers.ts'
import { openIn, type Said } from './said.ts'
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
  const lack = whatLacks(loaded.definition, loaded.step, said)
  // Only what can stand as it is: an address of nobody, say, is asked for again.
  const answers = Object.fromEntries(
    Object.entries(said.answers).filter(([id]) => !lack.questions.includes(id)),
  )
  if (Object.keys(answers).length === 0) {
    return askBack(parts, understood, asked, reading.reason ?? 'not-an-answer')
  }

  const now = parts.context.clock()
  const actionId = loaded.action.id
  const comment = said.comment.slice(0, COMMENT_LIMIT)
  const missing = [...new Set([...lack.questions, ...openIn(reading)])]
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
      ...{ actionId, answers, missing: lack.comment ? [...missing, 'comment'] : missing },
      inboundMessageId: row.id,
      rawSha256: row.rawSha256,
    },
  })
  const reason = missing.length === 0 ? 'comment-missing' : 'incomplete'
  const kept = { answers, asked: missing, comment: lack.comment }
  const acted = await askBack(parts, understood, asked, reason, { kept })
  return acted.outcome === 'asked-back' ? { ...acted, outcome: 'kept-partly' } : acted
}
