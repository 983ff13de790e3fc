import { sql } from 'kysely'
import { after } from '../lib/clock.ts'
import { type OutgoingMail, putInOutbox } from '../outbound/outbox.ts'
import type { OutboundKind } from '../store/schema.ts'
import type { ActParts } from './understood.ts'

const HOUR_MS = 60 * 60 * 1_000
const DAY_MS = 24 * HOUR_MS
/** Answers to one address within an hour and a day. Whatever loops through us stops here (promise 8). */
const ANSWERS_AN_HOUR = 10
const ANSWERS_A_DAY = 20

/** Mails that a message of theirs brings about; a confirmation follows from a decision, of which there is one. */
const answers: OutboundKind[] = ['asked-back', 'confirm-held', 'comment-recorded', 'late', 'status']

/**
 * Answers a message by mail, unless the address had its share of answers already. Returns whether it goes out.
 */
export async function answerByMail({ tx, context }: ActParts, mail: OutgoingMail): Promise<boolean> {
  const now = context.clock()
  const { day, hour } = await tx
    .selectFrom('outboundMessage')
    .select((select) => [
      select.fn.countAll<string>().as('day'),
      sql<string>`count(*) filter (where created_at > ${after(now, -HOUR_MS)})`.as('hour'),
    ])
    .where('toAddress', '=', mail.toAddress)
    .where('kind', 'in', answers)
    .where('createdAt', '>', after(now, -DAY_MS))
    .executeTakeFirstOrThrow()
  if (Number(hour) >= ANSWERS_AN_HOUR || Number(day) >= ANSWERS_A_DAY) {
    context.log.warn(
      { mailbox: mail.mailboxId, kind: mail.kind, hour, day },
      'answer left unsent: cap of the address',
    )
    return false
  }
  await putInOutbox(tx, context, [mail])
  return true
}
