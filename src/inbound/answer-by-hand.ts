import type { Kysely } from 'kysely'
import { type DecisionOutcome, recordDecision } from '../approvals/commands/record-decision.ts'
import { loadAction } from '../approvals/load-action.ts'
import { error, toProblem } from '../approvals/model/problem.ts'
import { AppError } from '../lib/app-error.ts'
import { type OutgoingMail, putInOutbox } from '../outbound/outbox.ts'
import { findPerson } from '../people/find-person.ts'
import type { ReplyReading } from '../replies/reading.ts'
import type { Context, Tx } from '../store/context.ts'
import type { Database, InboundOutcome } from '../store/schema.ts'
import type { Verdict } from '../trust/verdict.ts'
import { evidenceOf } from './evidence.ts'
import { keptAnswers } from './kept-answers.ts'
import { type Judgement, loadJudged, refuseInvolved, refuseOthersAddress, setOutcome } from './load-judged.ts'
import { joinSaid, type Said } from './said.ts'

/** What an administrator has read in a reply, why they enter it, and who they are. */
export type HandAnswer = Judgement & Said

/** What may still be answered by hand: it did not decide, and its writer was asked or somebody has to look. */
const answerable: readonly InboundOutcome[] = ['held', 'asked-back', 'kept-partly']

/**
 * Records what a reply says that the reader did not understand, as the answer of the person asked: read and entered by an
 * administrator, whom the decision names with the reason. Only a reply that is theirs beyond doubt, and the last that they
 * wrote; by nobody who is involved. The person and the requester are told at once. Nothing is written where the outcome is
 * not `decided`. Throws `message-not-answerable`, `reply-not-trusted`, `reply-overtaken`, `judge-involved`,
 * `sender-not-theirs`.
 */
export async function answerByHand(
  tx: Tx,
  context: Omit<Context, 'db'>,
  { inboundMessageId, by, reason, answers: all, comment }: HandAnswer,
): Promise<DecisionOutcome> {
  const judged = await loadJudged(tx, inboundMessageId, answerable)
  if (judged === null) throw new AppError('message-not-answerable', { message: inboundMessageId })
  const { row, loaded, person } = judged
  const { reading, verdict } = row
  await refuseInvolved(tx, judged, by)
  if (reading === null || verdict?.verdict !== 'accepted') {
    throw new AppError('reply-not-trusted', { person: person.name })
  }
  await refuseOthersAddress(tx, judged)
  const later = await laterReply(tx, { ...row, action: loaded.action, personId: person.id })
  if (later !== null) throw new AppError('reply-overtaken', { person: person.name, message: later })

  const { id } = loaded.step.question
  const { [id]: result, ...answers } = all
  if (!result) return { outcome: 'answers-refused', problems: [toProblem(error([id], 'data-required'))] }
  const outcome = await recordDecision(tx, context, {
    actionId: loaded.action.id,
    personId: person.id,
    ...{ result, answers, comment },
    door: 'mail',
    inboundMessageId,
    rawSha256: row.rawSha256,
    evidence: evidenceOf({ reading, verdict }),
    vouched: { as: 'entered', by: by.id, reason, assignee: person.address },
  })
  if (outcome.outcome !== 'decided') return outcome
  await setOutcome(tx, inboundMessageId, 'decided')
  const about = {
    kind: 'confirmation' as const,
    mailboxId: row.mailboxId,
    requestId: loaded.request.id,
    actionId: loaded.action.id,
    payload: { result, entered: { by: by.id, reason } },
  }
  const mails: OutgoingMail[] = [
    { ...about, toAddress: person.address, personId: person.id, inReplyTo: inboundMessageId },
  ]
  const requester = await findPerson(tx, loaded.request.requesterId)
  if (requester?.active && requester.id !== person.id) {
    mails.push({ ...about, toAddress: requester.address, personId: requester.id })
  }
  await putInOutbox(tx, context, mails)
  return outcome
}

interface StoredReply {
  actionId: string | null
  personId: string | null
  outcome: InboundOutcome | null
  erasedAt: Date | null
  receivedAt: Date
  reading: ReplyReading | null
  verdict: Verdict | null
}

/** What the form for an answer by hand begins with, as far as it was read; null of a reply that has none. */
export async function beginByHand(db: Kysely<Database>, reply: StoredReply): Promise<Said | null> {
  const { actionId, personId, outcome, erasedAt, receivedAt, reading, verdict } = reply
  if (outcome === null || !answerable.includes(outcome) || erasedAt !== null) return null
  if (actionId === null || personId === null || reading === null) return null
  if (verdict?.verdict !== 'accepted') return null
  const { action, step } = await loadAction(db, actionId)
  if (action.status !== 'open') return null
  if ((await laterReply(db, { action, personId, receivedAt })) !== null) return null
  return joinSaid(step, await keptAnswers(db, { actionId, personId }), reading)
}

interface Written {
  action: { id: string; requestId: number }
  personId: string
  receivedAt: Date
}

/**
 * What the same person has written about it since, in a way that may say something else: what was received last is what they
 * want. The id of the newest; null when there is none.
 */
async function laterReply(
  db: Kysely<Database>,
  { action, personId, receivedAt }: Written,
): Promise<string | null> {
  const later = await db
    .selectFrom('inboundMessage')
    .select(['id', 'verdict'])
    .where('requestId', '=', action.requestId)
    .where('actionId', '=', action.id)
    .where('personId', '=', personId)
    .where('receivedAt', '>', receivedAt)
    .where('outcome', 'in', answerable)
    .orderBy('receivedAt', 'desc')
    .limit(50)
    .execute()
  return later.find(({ verdict }) => verdict?.verdict === 'accepted')?.id ?? null
}
