import { COMMENT_LIMIT, recordDecision } from '../approvals/commands/record-decision.ts'
import { putInOutbox } from '../outbound/outbox.ts'
import { appendAudit } from '../store/audit.ts'
import { askBack } from './ask-back.ts'
import { evidenceOf } from './evidence.ts'
import type { AskedPerson } from './find-asked.ts'
import { tellLate } from './tell-late.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/**
 * An accepted answer: decides, or keeps what was understood and asks for the rest. The lock that `recordDecision`
 * takes settles what happened since the message was read.
 */
export async function recordAnswer(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
): Promise<Acted> {
  const { reading } = understood
  const result = reading.answers.Q1
  if (reading.confirm !== null) return askBack(parts, understood, asked, reading.confirm)
  if (result === undefined) return askBack(parts, understood, asked, 'not-an-answer')
  return decide(parts, understood, asked, { result, comment: reading.comment })
}

/** Decides with what a person said, in this message or in several. */
export async function decide(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
  answer: { result: string; comment: string },
): Promise<Acted> {
  const { row } = understood
  const filed = filedUnder(understood)
  const decision = await recordDecision(parts.tx, parts.context, {
    actionId: asked.loaded.action.id,
    personId: asked.person.id,
    result: answer.result,
    comment: answer.comment.slice(0, COMMENT_LIMIT),
    door: 'mail',
    inboundMessageId: row.id,
    rawSha256: row.rawSha256,
    evidence: evidenceOf(understood),
  })
  switch (decision.outcome) {
    case 'decided':
      if (await wantsConfirmations(parts, row.mailboxId)) {
        // One a decision: nothing can loop through it, so it is no matter of the daily cap.
        await putInOutbox(parts.tx, parts.context, [
          {
            kind: 'confirmation',
            mailboxId: row.mailboxId,
            toAddress: asked.person.address,
            personId: asked.person.id,
            requestId: filed.requestId,
            actionId: filed.actionId,
            inReplyTo: row.id,
            payload: { result: answer.result },
          },
        ])
      }
      return { outcome: 'decided', ...filed }
    case 'comment-required':
      return keepPartly(parts, understood, asked, answer.result)
    case 'already-decided':
    case 'action-closed':
    case 'not-assignee':
      return tellLate(parts, understood, asked)
    case 'own-request':
    case 'result-unknown':
      return { outcome: 'rejected', ...filed }
  }
}

async function keepPartly(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
  result: string,
): Promise<Acted> {
  const now = parts.context.clock()
  const actionId = asked.loaded.action.id
  await parts.tx
    .insertInto('partialAnswer')
    .values({
      actionId,
      personId: asked.person.id,
      result,
      inboundMessageId: understood.row.id,
      createdAt: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['actionId', 'personId'])
        .doUpdateSet({ result, inboundMessageId: understood.row.id, createdAt: now }),
    )
    .execute()
  await appendAudit(parts.tx, {
    requestId: asked.loaded.request.id,
    at: now,
    kind: 'answer-kept',
    actorId: asked.person.id,
    payload: { actionId, result, inboundMessageId: understood.row.id, missing: 'comment' },
  })
  const acted = await askBack(parts, understood, asked, 'comment-missing')
  return acted.outcome === 'asked-back' ? { ...acted, outcome: 'kept-partly' } : acted
}

async function wantsConfirmations(parts: ActParts, mailboxId: string): Promise<boolean> {
  const mailbox = await parts.tx
    .selectFrom('mailbox')
    .select('settings')
    .where('id', '=', mailboxId)
    .executeTakeFirstOrThrow()
  return mailbox.settings.sendConfirmations
}
