import type { Selectable } from 'kysely'
import { COMMENT_LIMIT, type DecisionOutcome, recordDecision } from '../approvals/commands/record-decision.ts'
import { putInOutbox } from '../outbound/outbox.ts'
import type { PartialAnswerTable } from '../store/schema.ts'
import { settingsOf } from '../store/settings-of.ts'
import { evidenceOf } from './evidence.ts'
import type { AskedPerson } from './find-asked.ts'
import type { Said } from './said.ts'
import { type ActParts, filedUnder, type Understood } from './understood.ts'

/**
 * Decides with what a person said, in this message alone or with what is kept of earlier ones, and confirms it where the
 * mailbox is set to. The lock that `recordDecision` takes settles what happened since the message was read; nothing is
 * written when it refuses.
 */
export async function decideByMail(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
  said: Said,
  kept: Selectable<PartialAnswerTable> | null,
): Promise<DecisionOutcome['outcome']> {
  const { row } = understood
  const { [asked.loaded.step.question.id]: result = '', ...answers } = said.answers
  const { outcome } = await recordDecision(parts.tx, parts.context, {
    actionId: asked.loaded.action.id,
    personId: asked.person.id,
    ...{ result, answers },
    comment: said.comment.slice(0, COMMENT_LIMIT),
    door: 'mail',
    inboundMessageId: row.id,
    rawSha256: row.rawSha256,
    evidence: {
      ...evidenceOf(understood),
      ...(kept && { kept: { answers: kept.answers, inboundMessageId: kept.inboundMessageId } }),
    },
  })
  if (outcome !== 'decided' || !(await settingsOf(parts.tx, row.mailboxId)).sendConfirmations) return outcome
  // One a decision: nothing can loop through it, so it is no matter of the cap on answers.
  const { requestId, actionId } = filedUnder(understood)
  await putInOutbox(parts.tx, parts.context, [
    {
      kind: 'confirmation',
      mailboxId: row.mailboxId,
      toAddress: asked.person.address,
      personId: asked.person.id,
      requestId,
      actionId,
      inReplyTo: row.id,
      payload: { result },
    },
  ])
  return outcome
}
