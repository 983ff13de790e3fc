import { answerByMail } from './answer-cap.ts'
import type { AskedPerson } from './find-asked.ts'
import { keepHeld } from './hold.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/** Tells where the request stands, be the action open or closed, to somebody who was asked and still may know. */
export async function tellStatus(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
): Promise<Acted> {
  const filed = filedUnder(understood)
  const isSent = await answerByMail(parts, {
    kind: 'status',
    mailboxId: understood.row.mailboxId,
    toAddress: asked.person.address,
    personId: asked.person.id,
    requestId: filed.requestId,
    actionId: filed.actionId,
    inReplyTo: understood.row.id,
  })
  if (!isSent) return keepHeld(parts, understood, asked, ['answer-cap', 'status'])
  return { outcome: 'instructed', ...filed }
}
