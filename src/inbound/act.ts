import type { Context, Tx } from '../store/context.ts'
import { askBack } from './ask-back.ts'
import { hold } from './hold.ts'
import { noteAutomatic } from './note-automatic.ts'
import { noteBounce } from './note-bounce.ts'
import { recordAnswer } from './record-answer.ts'
import { recordComment } from './record-comment.ts'
import { tellLate } from './tell-late.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/**
 * Does what follows from a reading and a verdict (the table of DESIGN section 6), together with marking the message
 * processed, in one transaction: it is acted on once, or not at all.
 */
export async function act(context: Context, understood: Understood): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    const { row } = understood
    const mine = await tx
      .selectFrom('inboundMessage')
      .select('id')
      .where('id', '=', row.id)
      .where('state', '=', 'received')
      .forUpdate()
      .executeTakeFirst()
    if (!mine) return

    const copy = await earlierCopy(tx, understood)
    const acted: Acted = copy
      ? { outcome: 'duplicate', ...filedUnder(understood) }
      : await actOn({ tx, context }, understood)
    await tx
      .updateTable('inboundMessage')
      .set({
        state: 'processed',
        outcome: acted.outcome,
        duplicateOf: copy,
        requestId: acted.requestId,
        actionId: acted.actionId,
        personId: acted.personId,
        reading: JSON.stringify(understood.reading),
        verdict: JSON.stringify(understood.verdict),
        fromAddress: understood.message.from.map(({ address }) => address).join(', '),
        subject: understood.message.subject,
        messageId: understood.message.messageId,
        error: null,
        nextAttemptAt: null,
        processedAt: context.clock(),
      })
      .where('id', '=', row.id)
      .execute()
  })
}

async function actOn(parts: ActParts, understood: Understood): Promise<Acted> {
  const { reading, verdict, asked } = understood
  const filed = filedUnder(understood)
  if (isOwnMail(understood)) return { outcome: 'automatic', ...filed }
  if (reading.kind === 'bounce') return noteBounce(parts, understood)
  if (verdict.verdict === 'rejected') return { outcome: 'rejected', ...filed }
  // Tokens of two actions: kept, but there is nobody in particular to ask.
  if (asked.asked === null) return { outcome: 'held', ...filed }
  if (reading.kind === 'automatic') return noteAutomatic(parts, understood, asked.asked)
  if (asked.token === 'expired') return tellLate(parts, understood, asked.asked)
  if (verdict.verdict === 'held') return hold(parts, understood, asked.asked)

  switch (reading.kind) {
    case 'answers':
      return recordAnswer(parts, understood, asked.asked)
    case 'comment':
      return recordComment(parts, understood, asked.asked)
    case 'instruction':
      return askBack(parts, understood, asked.asked, 'help')
    case 'unclear':
      return askBack(parts, understood, asked.asked, reading.reason ?? 'not-an-answer')
    case 'empty':
      return askBack(parts, understood, asked.asked, reading.reason ?? 'empty')
  }
}

/** Our own mail come back (a forwarding rule, a shared address): nothing follows from it (promise 8). */
function isOwnMail({ message }: Understood): boolean {
  return message.headers.some(({ name }) => name === 'x-countersign-message')
}

/**
 * An earlier copy of the same delivered message that was acted on. A copy that was held or rejected blocks nothing:
 * a forger could otherwise spend a genuine reply.
 */
async function earlierCopy(tx: Tx, { row }: Understood): Promise<string | null> {
  const copy = await tx
    .selectFrom('inboundMessage')
    .select('id')
    .where('mailboxId', '=', row.mailboxId)
    .where('fingerprint', '=', row.fingerprint)
    .where('id', '!=', row.id)
    .where('state', '=', 'processed')
    .where('outcome', 'not in', ['held', 'rejected'])
    .executeTakeFirst()
  return copy?.id ?? null
}
