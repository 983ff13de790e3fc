import type { Selectable } from 'kysely'
import { reached } from '../../lib/milestones.ts'
import { appendAudit } from '../../store/audit.ts'
import type { Context, Tx } from '../../store/context.ts'
import type { DecisionTable } from '../../store/schema.ts'
import { type LoadedAction, loadAction, stepNamed } from '../load-action.ts'
import { afterDecision, choiceOf, commentMissing, mayDecide } from '../model/state-machine.ts'
import { closeRequest } from './close-request.ts'
import { openAction } from './open-action.ts'
import { writeDecision } from './write-decision.ts'

/** What a comment may hold, in characters; more is cut where the comment is read, not here. */
export const COMMENT_LIMIT = 20_000

export interface Answer {
  actionId: string
  personId: string
  result: string
  comment: string
  door: DecisionTable['door']
  /** The stored reply that proves it; null for other doors. */
  inboundMessageId: string | null
  rawSha256: string | null
  /** What was read and what was trusted, kept with the audit entry (promises 5 and 6). */
  evidence: object
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
  | { outcome: 'comment-required' }

/**
 * Records the first answer to an action, with all its consequences, in the caller's transaction: the return field,
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
  const data = { ...request.data, [step.question.returnField]: answer.result }
  const { actionId, personId, result, comment, door, inboundMessageId, rawSha256 } = answer
  await writeDecision(tx, {
    decision: { actionId, personId, result, comment, door, inboundMessageId, rawSha256, decidedAt: now },
    requestId: request.id,
    data,
  })
  await appendAudit(tx, {
    requestId: request.id,
    at: now,
    kind: 'action-decided',
    actorId: answer.personId,
    payload: {
      actionId,
      step: step.name,
      ...{ result, comment, door, inboundMessageId, rawSha256 },
      evidence: answer.evidence,
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
    actorId: answer.personId,
  })
  return { outcome: 'decided', result: answer.result, next }
}

async function refuse(tx: Tx, loaded: LoadedAction, answer: Answer): Promise<DecisionOutcome | null> {
  const { action, request, step, assignees } = loaded
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
  if (commentMissing(choice, answer.comment)) return { outcome: 'comment-required' }
  return null
}
