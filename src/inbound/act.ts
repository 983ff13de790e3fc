import { sql } from 'kysely'
import { reached } from '../lib/milestones.ts'
import type { Context, Tx } from '../store/context.ts'
import { askBack } from './ask-back.ts'
import { hold } from './hold.ts'
import { noteAutomatic } from './note-automatic.ts'
import { noteBounce } from './note-bounce.ts'
import { recordAnswer } from './record-answer.ts'
import { recordComment } from './record-comment.ts'
import { tellLate } from './tell-late.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/** RFC 5321, 4.5.3.1: 64 octets, the at sign, 255 octets. */
const LONGEST_ADDRESS = 320
/** RFC 5322, 2.1.1: the longest line. */
const LONGEST_SUBJECT = 998

/**
 * Does what follows from a reading and a verdict (the table of DESIGN section 6), together with marking the message
 * processed, in one transaction: it is acted on once, or not at all.
 */
export async function act(context: Context, understood: Understood): Promise<void> {
  const { row } = understood
  const outcome = await context.db.transaction().execute(async (tx) => {
    // Copies of one message, in Inbox and Junk for instance, take turns: the second sees what became of the first.
    await sql`select pg_advisory_xact_lock(hashtextextended(${row.fingerprint}, 0))`.execute(tx)
    const mine = await tx
      .selectFrom('inboundMessage')
      .select('id')
      .where('id', '=', row.id)
      .where('state', '=', 'received')
      .forUpdate()
      .executeTakeFirst()
    if (!mine) return null

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
        ...envelopeOf(understood),
        error: null,
        nextAttemptAt: null,
        processedAt: context.clock(),
      })
      .where('id', '=', row.id)
      .execute()
    return acted.outcome
  })
  if (outcome === null) return
  reached('reply-acted-on', { inboundMessageId: row.id, outcome, receivedAt: row.receivedAt })
}

async function actOn(parts: ActParts, understood: Understood): Promise<Acted> {
  const { reading, verdict, asked } = understood
  const filed = filedUnder(understood)
  if (isOwnMail(understood)) return { outcome: 'automatic', ...filed }
  if (reading.kind === 'bounce') return noteBounce(parts, understood)
  if (verdict.verdict === 'rejected' || asked.asked === null) return { outcome: 'rejected', ...filed }
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

/** What lists show. A stranger wrote it: bounded, and of several authors only the first and how many there are. */
function envelopeOf({ message }: Understood) {
  const [author, ...others] = message.from
  const first = author?.address.slice(0, LONGEST_ADDRESS) ?? ''
  return {
    fromAddress: others.length > 0 ? `${first} (+${others.length})` : first,
    subject: message.subject.slice(0, LONGEST_SUBJECT),
    messageId: message.messageId?.slice(0, LONGEST_SUBJECT) ?? null,
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
