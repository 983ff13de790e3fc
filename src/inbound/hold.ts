import { appendAudit } from '../store/audit.ts'
import { answerByMail } from './answer-cap.ts'
import type { AskedPerson } from './find-asked.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/**
 * Keeps a reply without acting on it. The assignee is told at the address on record, never at the one that wrote,
 * and nothing of the message is repeated to them: if it was not theirs, that is how they learn of it.
 */
export async function hold(parts: ActParts, understood: Understood, asked: AskedPerson): Promise<Acted> {
  const { row, verdict, reading } = understood
  const filed = filedUnder(understood)
  await appendAudit(parts.tx, {
    requestId: asked.loaded.request.id,
    at: parts.context.clock(),
    kind: 'reply-held',
    actorId: null,
    payload: { actionId: filed.actionId, inboundMessageId: row.id, reasons: verdict.reasons },
  })
  await answerByMail(parts, {
    kind: 'confirm-held',
    mailboxId: row.mailboxId,
    toAddress: asked.person.address,
    personId: asked.person.id,
    requestId: filed.requestId,
    actionId: filed.actionId,
    inReplyTo: row.id,
    payload: { understood: reading.answers.Q1 ?? null },
  })
  return { outcome: 'held', ...filed }
}
