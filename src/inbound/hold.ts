import { appendAudit } from '../store/audit.ts'
import { answerByMail } from './answer-cap.ts'
import type { AskedPerson } from './find-asked.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'
import { wasToldSince } from './was-told-since.ts'

/**
 * Keeps an unproven reply without acting on it. The assignee is told at the address on record, never at the one that
 * wrote, and nothing of the message is repeated to them: if it was not theirs, that is how they learn of it. Once told
 * since it came, they are not told again: a mailbox that changes its type is read again under other ids.
 */
export async function hold(parts: ActParts, understood: Understood, asked: AskedPerson): Promise<Acted> {
  const { row, verdict, reading } = understood
  const acted = await keepHeld(parts, understood, asked, verdict.reasons)
  if (await wasToldSince(parts.tx, asked, { kind: 'confirm-held' }, row.receivedAt)) return acted
  await answerByMail(parts, {
    kind: 'confirm-held',
    mailboxId: row.mailboxId,
    toAddress: asked.person.address,
    personId: asked.person.id,
    requestId: acted.requestId,
    actionId: acted.actionId,
    inReplyTo: row.id,
    payload: { understood: reading.answers[asked.loaded.step.question.id] ?? null },
  })
  return acted
}

/** A reply that a person has to look at: nothing follows from it, and nobody is written to. */
export async function keepHeld(
  { tx, context }: ActParts,
  understood: Understood,
  asked: AskedPerson,
  reasons: string[],
): Promise<Acted> {
  const filed = filedUnder(understood)
  await appendAudit(tx, {
    requestId: asked.loaded.request.id,
    at: context.clock(),
    kind: 'reply-held',
    actorId: null,
    payload: { actionId: filed.actionId, inboundMessageId: understood.row.id, reasons },
  })
  return { outcome: 'held', ...filed }
}
