import type { Selectable } from 'kysely'
import { reached } from '../../lib/milestones.ts'
import { appendAudit } from '../../store/audit.ts'
import type { Context, Tx } from '../../store/context.ts'
import type { DecisionTable } from '../../store/schema.ts'
import { toJson } from '../../store/to-json.ts'
import { type LoadedAction, loadAction, stepNamed } from '../load-action.ts'
import { checkAnswers, type GivenAnswers } from '../model/check-answers.ts'
import type { RequestData } from '../model/check-request-data.ts'
import type { Problem } from '../model/problem.ts'
import { afterDecision, choiceOf, commentMissing, mayDecide } from '../model/state-machine.ts'
import { closeRequest } from './close-request.ts'
import { openAction } from './open-action.ts'
import { writeDecision } from './write-decision.ts'

/** What a comment may hold, in characters; more is cut where the comment is read, not here. */
export const COMMENT_LIMIT = 20_000

export interface Answer extends GivenAnswers {
  actionId: string
  personId: string
  comment: string
  door: DecisionTable['door']
  /** The stored reply that proves it; null for other doors. */
  inboundMessageId: string | null
  rawSha256: string | null
  /** What was read and what was trusted, kept with the audit entry (promises 5 and 6). */
  evidence: object
  /**
   * Of a reply that does not decide by itself: the administrator on whose word it does, and why. They have *released* one
   * that was held, or *entered* what one says that was not understood. It is recorded as their act.
   */
  vouched?: { as: 'released' | 'entered'; by: string; reason: string; assignee: string }
}

export type DecisionOutcome =
  | {
      outcome: 'decided'
      result: string
      next: { to: 'action'; actionId: string } | { to: 'end'; ending: string }
    }
  | { outcome: 'already-decided'; decision: Selectable<DecisionTable> }
  | { outcome: 'action-closed' }
  | { outcome: 'not-assignee' }
  | { outcome: 'own-request' }
  | { outcome: 'result-unknown' }
  | { outcome: 'answers-refused'; problems: Problem[] }
  | { outcome: 'comment-required' }

/**
 * Records the first answer to an action, with all its consequences, in the caller's transaction: the return fields,
 * the next action or the end of the request, the mails that follow. Later answers get `already-decided` with what
 * was decided, over every door. Throws `action-not-found` only.
 */
export async function recordDecision(
  tx: Tx,
  context: Omit<Context, 'db'>,
  answer: Answer,
): Promise<DecisionOutcome> {
  const loaded = await loadAction(tx, answer.actionId, { lock: true })
  const refusal = await refuse(tx, loaded, answer)
  if (refusal) return refusal

  const { action, request, definition, step } = loaded
  const now = context.clock()
  const checked = checkAnswers(definition, step, answer)
  const data = withReturnFields(loaded, { ...checked.data, [step.question.returnField]: answer.result })
  const { actionId, personId, result, comment, door, inboundMessageId, rawSha256, vouched } = answer
  const actorId = vouched?.by ?? personId
  const answers = { ...checked.answers, [step.question.id]: result }
  const source = { door, inboundMessageId, rawSha256 }
  await writeDecision(tx, {
    decision: {
      actionId,
      personId,
      result,
      answers: toJson(answers),
      comment,
      ...source,
      releasedBy: vouched?.as === 'released' ? vouched.by : null,
      enteredBy: vouched?.as === 'entered' ? vouched.by : null,
      decidedAt: now,
    },
    requestId: request.id,
    data,
  })
  await appendAudit(tx, {
    requestId: request.id,
    at: now,
    kind: 'action-decided',
    actorId,
    payload: {
      actionId,
      step: step.name,
      ...{ result, answers, comment },
      ...source,
      evidence: answer.evidence,
      ...(vouched && { [vouched.as]: { assignee: vouched.assignee, reason: vouched.reason } }),
    },
  })

  reached('decision-written', { actionId: action.id })

  const inHand = { id: request.id, requesterId: request.requesterId, data, mailboxId: loaded.mailboxId }
  const next = afterDecision(step, answer.result)
  if (next.to === 'action') {
    const opened = await openAction(tx, context, inHand, stepNamed(definition, next.step))
    return { outcome: 'decided', result: answer.result, next: { to: 'action', actionId: opened.actionId } }
  }
  await closeRequest(tx, context, inHand, {
    status: 'completed',
    ending: next.ending,
    actorId,
  })
  return { outcome: 'decided', result: answer.result, next }
}

/**
 * The request's data with the answers in their return fields. Those of questions that this time were not answered are
 * empty: what was said when the step was answered before has been sent back.
 */
function withReturnFields({ request, step }: LoadedAction, answered: RequestData): RequestData {
  const others = Object.entries(request.data).filter(([name]) =>
    step.furtherQuestions.every(({ returnField }) => returnField !== name),
  )
  return { ...Object.fromEntries(others), ...answered }
}

async function refuse(tx: Tx, loaded: LoadedAction, answer: Answer): Promise<DecisionOutcome | null> {
  const { action, request, definition, step, assignees } = loaded
  if (action.status === 'decided') {
    const decision = await tx
      .selectFrom('decision')
      .selectAll()
      .where('actionId', '=', action.id)
      .executeTakeFirstOrThrow()
    return { outcome: 'already-decided', decision }
  }
  const may = mayDecide({
    action,
    request,
    step,
    assignees: assignees.map(({ personId }) => personId),
    personId: answer.personId,
  })
  if (may !== 'yes') return { outcome: may }
  const choice = choiceOf(step, answer.result)
  if (!choice) return { outcome: 'result-unknown' }
  const { problems } = checkAnswers(definition, step, answer)
  if (problems.length > 0) return { outcome: 'answers-refused', problems }
  if (commentMissing(choice, answer.comment)) return { outcome: 'comment-required' }
  return null
}
