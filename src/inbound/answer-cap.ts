import { after } from '../lib/clock.ts'
import { type OutgoingMail, putInOutbox } from '../outbound/outbox.ts'
import type { OutboundKind } from '../store/schema.ts'
import type { ActParts } from './understood.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Answers to one address within a day. Whatever loops through us stops here (promise 8). */
const ANSWERS_A_DAY = 20

/** Mails that a message of theirs brings about; a confirmation follows from a decision, of which there is one. */
const answers: OutboundKind[] = ['asked-back', 'confirm-held', 'comment-recorded', 'late']

/**
 * Answers a message by mail, unless the address had its share of answers already. Returns whether it goes out.
 */
export async function answerByMail({ tx, context }: ActParts, mail: OutgoingMail): Promise<boolean> {
  const { count } = await tx
    .selectFrom('outboundMessage')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('toAddress', '=', mail.toAddress)
    .where('kind', 'in', answers)
    .where('createdAt', '>', after(context.clock(), -DAY_MS))
    .executeTakeFirstOrThrow()
  if (Number(count) >= ANSWERS_A_DAY) {
    context.log.warn(
      { mailbox: mail.mailboxId, kind: mail.kind },
      'answer left unsent: daily cap of the address',
    )
    return false
  }
  await putInOutbox(tx, context, [mail])
  return true
}
