/**
 * The sending budget of a mailbox (Exchange Online: 30 messages in a minute, 10,000 recipients in a day; a mail of ours
 * has one recipient). It is no bucket of tokens but a count of claims: a bucket that holds a minute's amount and refills
 * lets out nearly twice of it in some minute, and its level would be a second truth beside the rows. What was claimed
 * counts whether or not it left, so a crash gives nothing back.
 */
import { type Kysely, sql } from 'kysely'
import { after } from '../lib/clock.ts'
import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import type { Tx } from '../store/context.ts'
import type { Database } from '../store/schema.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** The longest that one round of sending may take; what has no answer by then is *unknown*. */
export const SEND_MS = 120_000

/** No process's clock is so far ahead of another's: a claim that is was dated by a clock that was put right since. */
const SKEW_MS = MINUTE_MS

/** What one mailbox may send, and what of it is left. */
export interface Budget {
  perMinute: number
  perDay: number
  /** How many more may be claimed within the minute, and within the day. */
  minuteLeft: number
  dayLeft: number
  /** When each has room for one more than now. */
  minuteFreesAt: Date
  dayFreesAt: Date
  /** Whether mails wait for it, which then go before others of their rank. */
  isAwaited: boolean
}

export type Limits = Pick<MailboxSettings, 'messagesPerMinute' | 'recipientsPerDay'>

/**
 * What is left of the budget of a mailbox. A mail counts from its claim until a minute after its call has ended, so that
 * no window of 60 seconds at the provider holds more than the minute's amount, however long calls take; one whose end is
 * not known, as if the call had taken as long as it may.
 */
export async function lookAtBudget(
  db: Kysely<Database>,
  mailboxId: string,
  { messagesPerMinute: perMinute, recipientsPerDay: perDay }: Limits,
  now: Date,
): Promise<Budget> {
  const minuteAgo = after(now, -MINUTE_MS)
  const latest = after(now, SKEW_MS)
  const { rows } = await sql<{
    inMinute: number
    firstOfMinute: Date | null
    inDay: number
    firstOfDay: Date | null
    isAwaited: boolean
  }>`
    select in_minute, first_of_minute, in_day, first_of_day, exists (
      select from outbound_message
      where mailbox_id = ${mailboxId} and state = 'waiting' and waits_for is not null and next_attempt_at <= ${now}
    ) as is_awaited
    from (
      select count(*)::integer as in_minute, min(ended) as first_of_minute from (
        select case when state in ('sending', 'unknown') then sending_since + ${SEND_MS} * interval '1 ms'
          else greatest(sending_since, sent_at) end as ended
        from outbound_message
        where mailbox_id = ${mailboxId} and sending_since > ${after(minuteAgo, -SEND_MS)}
          and sending_since <= ${latest}
      ) as claimed where ended > ${minuteAgo}
    ) as of_minute, (
      select count(*)::integer as in_day, min(sending_since) as first_of_day from (
        select sending_since from outbound_message
        where mailbox_id = ${mailboxId} and sending_since > ${after(now, -DAY_MS)} and sending_since <= ${latest}
        order by sending_since desc limit ${perDay}
      ) as claimed
    ) as of_day`.execute(db)
  const [row] = rows
  if (!row) throw new Error('no budget')
  return {
    perMinute,
    perDay,
    minuteLeft: Math.max(0, perMinute - row.inMinute),
    dayLeft: perDay - row.inDay,
    minuteFreesAt: after(row.firstOfMinute ?? now, MINUTE_MS),
    dayFreesAt: after(row.firstOfDay ?? now, DAY_MS),
    isAwaited: row.isAwaited,
  }
}

/** How many mails may be claimed now. */
export function freeNow({ minuteLeft, dayLeft }: Budget): number {
  return Math.min(minuteLeft, dayLeft)
}

/**
 * When the mail goes out before which so many others wait, if nobody overtakes it: each minute lets a minute's amount
 * out, each day a day's. An estimate, for claims lie scattered in minute and day.
 */
export function expectedAt(budget: Budget, ahead: number, now: Date): Date {
  const turn = (left: number, freesAt: Date, amount: number, windowMs: number) =>
    ahead < left ? now : after(freesAt, Math.floor((ahead - left) / amount) * windowMs)
  const minute = turn(budget.minuteLeft, budget.minuteFreesAt, budget.perMinute, MINUTE_MS)
  const day = turn(budget.dayLeft, budget.dayFreesAt, budget.perDay, DAY_MS)
  return new Date(Math.max(minute.getTime(), day.getTime()))
}

/** Lets one process at a time claim mails of a mailbox, until the transaction ends; nobody else waits for that. */
export async function lockBudget(tx: Tx, mailboxId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sending ${mailboxId}`}, 0))`.execute(tx)
}
