import type { Selectable } from 'kysely'
import { after } from '../lib/clock.ts'
import { reached } from '../lib/milestones.ts'
import { OUTCOME_UNKNOWN } from '../lib/outcome-unknown.ts'
import { isAboutOneMessage, type MailError } from '../mail/errors.ts'
import type { Mailbox, SentSearch } from '../mail/mailbox.ts'
import { type Outcome, outcomeOf } from '../mail/outcome.ts'
import type { Context, Tx } from '../store/context.ts'
import type { Failure, OutboundMessageTable } from '../store/schema.ts'
import { MOST_ATTEMPTS, SENT_COPY_GRACE_MS } from './deliver.ts'
import { reportUndelivered } from './report-undelivered.ts'

type OutboundRow = Selectable<OutboundMessageTable>

const SOONEST_MS = 15_000
const LATEST_MS = 15 * 60_000
/** Longer than an outage lasts. A mailbox that cannot tell for so long never will. */
const PATIENCE_MS = 3 * 24 * 60 * 60_000

/**
 * Asks the mailbox what became of mails whose sending had no answer (promise 4): found is sent; absent, after the time
 * that a sent copy may take to appear, is waiting again, or a dead letter when its attempts are used up; anything else is
 * asked again, ever more seldom. A mail of which the mailbox cannot tell for days is a dead letter, for only a person may
 * decide that it goes out again. A mailbox that cannot be asked for one is not asked for the others. Returns whether it
 * could tell of any.
 */
export async function findOut(
  context: Context,
  mailbox: { id: string; open: Mailbox },
  outboundMessageIds: string[],
  signal: AbortSignal,
): Promise<boolean> {
  const rows = await context.db
    .selectFrom('outboundMessage')
    .selectAll()
    .where('id', 'in', outboundMessageIds)
    .where('mailboxId', '=', mailbox.id)
    .where('state', '=', 'unknown')
    .execute()
  let told = false
  let failure: MailError | null = null
  for (const { messageId, sendingSince, ...row } of rows) {
    if (!messageId || !sendingSince) continue
    const search: Outcome<SentSearch> | null =
      failure === null ? await outcomeOf(mailbox.open.findSent(messageId, signal)) : null
    if (search?.error) {
      // Its Message-ID holds the reply token, which must not be in a log.
      context.log.warn({ err: search.error }, 'the mailbox cannot be asked whether a message was sent')
      if (!isAboutOneMessage(search.error)) failure = search.error
    }
    const found = search?.value ?? 'cannot-tell'
    if (found !== 'cannot-tell') told = true
    await noteFound(context, { ...row, messageId, sendingSince }, found, failure?.retryAfterMs ?? 0)
  }
  return told
}

async function noteFound(
  context: Context,
  row: OutboundRow & { sendingSince: Date },
  found: SentSearch,
  leastMs: number,
): Promise<void> {
  const now = context.clock()
  const waited = now.getTime() - row.sendingSince.getTime()
  if (found === 'found') return note(context, row, { state: 'sent', sentAt: now, error: null })
  if (found === 'absent' && waited >= SENT_COPY_GRACE_MS) {
    if (row.error !== null && row.attempts >= MOST_ATTEMPTS) return giveUp(context, row, row.error)
    return note(context, row, { state: 'waiting', nextAttemptAt: now })
  }
  if (waited >= PATIENCE_MS) {
    const message = row.error?.message ?? 'the sending process died'
    return giveUp(context, row, { code: OUTCOME_UNKNOWN, message })
  }
  const wait = Math.max(leastMs, Math.min(LATEST_MS, Math.max(SOONEST_MS, waited / 4)))
  return note(context, row, { nextAttemptAt: after(now, wait) })
}

type Change = { state?: OutboundRow['state']; sentAt?: Date; nextAttemptAt?: Date; error?: string | null }

/** Changes a mail that is still unknown, with a job where there is a next attempt. */
async function note(context: Context, row: OutboundRow, change: Change): Promise<void> {
  const changed = await context.db.transaction().execute(async (tx) => {
    if (!(await set(tx, row, change))) return false
    if (change.nextAttemptAt !== undefined) {
      const payload = { outboundMessageId: row.id }
      await context.enqueue(tx, { name: 'send-outbound', payload, startAfter: change.nextAttemptAt })
    }
    return true
  })
  if (changed && change.state !== undefined) tell(row, change.state)
}

async function giveUp(context: Context, row: OutboundRow, error: Failure): Promise<void> {
  context.log.error({ outboundMessage: row.id, kind: row.kind, error }, 'a mail was given up')
  const changed = await context.db.transaction().execute(async (tx) => {
    if (!(await set(tx, row, { state: 'dead', error: JSON.stringify(error) }))) return false
    await reportUndelivered(tx, context, row, error.code)
    return true
  })
  if (changed) tell(row, 'dead')
}

function tell({ mailboxId, kind }: OutboundRow, state: string): void {
  reached('mails-settled', { mailboxId, mails: [{ kind, state }] })
}

/** Returns whether the mail was still unknown. */
async function set(tx: Tx, { id }: OutboundRow, change: Change): Promise<boolean> {
  const changed = await tx
    .updateTable('outboundMessage')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'unknown')
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}
