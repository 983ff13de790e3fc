import { COMMENT_LIMIT } from '../approvals/commands/record-decision.ts'
import { readCompleted } from '../replies/answers/read-completed.ts'
import { appendAudit } from '../store/audit.ts'
import { answerByMail } from './answer-cap.ts'
import { askBack } from './ask-back.ts'
import type { AskedPerson } from './find-asked.ts'
import { keptAnswers } from './kept-answers.ts'
import { readContextFor } from './read-context.ts'
import { recordAnswer } from './record-answer.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/**
 * A comment without an answer: completes an answer that waited for it, unless it takes that back, or is recorded beside
 * the open action.
 */
export async function recordComment(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
): Promise<Acted> {
  const { reading, row, message } = understood
  const actionId = asked.loaded.action.id
  const kept = await keptAnswers(parts.tx, { actionId, personId: asked.person.id })
  if (kept) {
    const { id } = asked.loaded.step.question
    const result = kept.answers[id]
    const read = await readContextFor(parts.tx, understood.asked, message)
    const questions = read.questions.filter((question) => question.id === id)
    const doubt = result === undefined ? null : readCompleted(result, reading.comment, { ...read, questions })
    if (doubt !== null) return askBack(parts, understood, asked, doubt)
    return recordAnswer(parts, understood, asked)
  }

  await appendAudit(parts.tx, {
    requestId: asked.loaded.request.id,
    at: parts.context.clock(),
    kind: 'action-commented',
    actorId: asked.person.id,
    payload: { actionId, comment: reading.comment.slice(0, COMMENT_LIMIT), inboundMessageId: row.id },
  })
  await answerByMail(parts, {
    kind: 'comment-recorded',
    mailboxId: row.mailboxId,
    toAddress: asked.person.address,
    personId: asked.person.id,
    requestId: asked.loaded.request.id,
    actionId,
    inReplyTo: row.id,
  })
  return { outcome: 'commented', ...filedUnder(understood) }
}
