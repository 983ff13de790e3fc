import { answerByMail } from './answer-cap.ts'
import type { AskedPerson } from './find-asked.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/** A reply to an action that is decided, cancelled or somebody else's now: they are told who and when, if proven. */
export async function tellLate(parts: ActParts, understood: Understood, asked: AskedPerson): Promise<Acted> {
  const filed = filedUnder(understood)
  if (understood.verdict.verdict === 'accepted') {
    await answerByMail(parts, {
      kind: 'late',
      mailboxId: understood.row.mailboxId,
      toAddress: asked.person.address,
      personId: asked.person.id,
      requestId: filed.requestId,
      actionId: filed.actionId,
      inReplyTo: understood.row.id,
    })
  }
  return { outcome: 'late', ...filed }
}
