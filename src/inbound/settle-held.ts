import { COMMENT_LIMIT, type DecisionOutcome, recordDecision } from '../approvals/commands/record-decision.ts'
import type { LoadedAction } from '../approvals/load-action.ts'
import { AppError } from '../lib/app-error.ts'
import { putInOutbox } from '../outbound/outbox.ts'
import type { ReplyReading } from '../replies/reading.ts'
import { appendAudit } from '../store/audit.ts'
import type { Context, Tx } from '../store/context.ts'
import { evidenceOf } from './evidence.ts'
import {
  type Judged,
  type Judgement,
  loadJudged,
  refuseInvolved,
  refuseOthersAddress,
  setOutcome,
} from './load-judged.ts'
import { whatIsMeant } from './what-follows.ts'

/**
 * Takes a held reply for that of the person asked: it decides, as the administrator's act on the evidence of the message.
 * They are told at their address on record, so that a reply which was not theirs is found out. Only what would decide by
 * itself can be released, from an address of theirs, and by nobody who is involved. Nothing is written where the outcome
 * is not `decided`. Throws `message-not-held`, `judge-involved`, `sender-not-theirs`, `reply-decides-nothing`.
 */
export async function releaseHeld(
  tx: Tx,
  context: Omit<Context, 'db'>,
  { inboundMessageId, by, reason }: Judgement,
): Promise<DecisionOutcome> {
  const held = await loadHeld(tx, inboundMessageId)
  const { row, loaded, person } = held
  const { reading, verdict } = row
  await refuseInvolved(tx, held, by)
  await refuseOthersAddress(tx, held)
  if (reading === null || verdict === null || !decides(reading, loaded)) {
    throw new AppError('reply-decides-nothing')
  }
  const { [loaded.step.question.id]: result = '', ...answers } = reading.answers
  const outcome = await recordDecision(tx, context, {
    actionId: loaded.action.id,
    personId: person.id,
    ...{ result, answers },
    comment: reading.comment.slice(0, COMMENT_LIMIT),
    door: 'mail',
    inboundMessageId,
    rawSha256: row.rawSha256,
    evidence: evidenceOf({ reading, verdict }),
    vouched: { as: 'released', by: by.id, reason, assignee: person.address },
  })
  if (outcome.outcome !== 'decided') return outcome
  await setOutcome(tx, inboundMessageId, 'decided')
  await putInOutbox(tx, context, [
    {
      kind: 'confirmation',
      mailboxId: row.mailboxId,
      toAddress: person.address,
      personId: person.id,
      requestId: loaded.request.id,
      actionId: loaded.action.id,
      inReplyTo: inboundMessageId,
      payload: { result },
    },
  ])
  return outcome
}

/** Puts a held reply aside for good; the action stays as it is, and nobody is written to. Throws `message-not-held`. */
export async function rejectHeld(
  tx: Tx,
  context: Omit<Context, 'db'>,
  { inboundMessageId, by, reason }: Judgement,
): Promise<void> {
  const { loaded } = await loadHeld(tx, inboundMessageId)
  await setOutcome(tx, inboundMessageId, 'rejected')
  await appendAudit(tx, {
    requestId: loaded.request.id,
    at: context.clock(),
    kind: 'reply-rejected',
    actorId: by.id,
    payload: { actionId: loaded.action.id, inboundMessageId, comment: reason },
  })
}

/** Throws `message-not-held`. */
async function loadHeld(tx: Tx, id: string): Promise<Judged> {
  const held = await loadJudged(tx, id, ['held'])
  if (held === null) throw new AppError('message-not-held', { message: id })
  return held
}

/** Whether it would decide if it were theirs beyond doubt: an unclear reply never does. */
function decides(reading: ReplyReading, { step }: LoadedAction): boolean {
  const { kind } = reading
  if (kind === 'automatic' || kind === 'bounce') return false
  return whatIsMeant({ ...reading, kind }, step).to === 'decide'
}
