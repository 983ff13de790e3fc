import { setImmediate } from 'node:timers/promises'
import type { Selectable } from 'kysely'
import { backOffMs } from '../lib/back-off.ts'
import { after } from '../lib/clock.ts'
import { reached } from '../lib/milestones.ts'
import { isAboutOneMessage, MailError, toFailure } from '../mail/errors.ts'
import type { Mailbox, SendOutcome } from '../mail/mailbox.ts'
import type { Context, Tx } from '../store/context.ts'
import type { Failure, OutboundMessageTable } from '../store/schema.ts'
import { updateEach } from '../store/update-each.ts'
import { freeNow, type Limits, lockBudget, lookAtBudget } from './budget.ts'
import { buildModel } from './build-model.ts'
import type { MailModel } from './compose/mail-model.ts'
import { isStillWanted } from './is-still-wanted.ts'
import { letWait } from './let-wait.ts'
import { sendingOrder } from './outbox.ts'
import { type PreparedMail, prepareMail } from './prepare-mail.ts'
import { reportUndelivered } from './report-undelivered.ts'

type OutboundRow = Selectable<OutboundMessageTable>

interface Ready {
  row: OutboundRow
  mail: PreparedMail
}

/** What an attempt leaves in its row. */
interface Change {
  state: OutboundRow['state']
  attempts?: number
  nextAttemptAt?: Date
  sentAt?: Date
  providerId?: string | null
  messageId?: string
  error?: Failure | null
}

/** The mailbox that mails are sent from. */
export interface Sender {
  id: string
  open: Mailbox
  limits: Limits
}

/** How many mails are composed, claimed and handed over at a time. */
export const MOST_AT_ONCE = 50
/** Octets of the mails that are held at a time, with their files; a mail that begins below it may pass it. */
const MOST_OCTETS = 16 * 1024 * 1024
/** After so many attempts a mail is a dead letter: an administrator looks at it. */
export const MOST_ATTEMPTS = 8
/** How long the mailbox may take to show a mail that it has accepted: before that, absent proves nothing. */
export const SENT_COPY_GRACE_MS = 60_000

/**
 * Sends waiting mails of one mailbox: still wanted? → within the budget? → *sending* committed → the call → what came of
 * it committed. Between the two commits lies the one moment whose outcome can be unknown; `find-out` asks the mailbox
 * then. Rows in any other state than waiting are left alone, so a job that runs twice sends once. Where the budget is
 * short, the first in order of all that is due goes out, whichever was named, and the rest waits. Returns what the mailbox
 * has shown: what is wrong with it as a whole, or that it works; nothing when there was nothing to send.
 */
export async function deliver(
  context: Context,
  mailbox: Sender,
  outboundMessageIds: string[],
  signal: AbortSignal,
): Promise<MailError | 'works' | 'nothing'> {
  const now = context.clock()
  const budget = await lookAtBudget(context.db, mailbox.id, mailbox.limits, now)
  const free = freeNow(budget)
  const isShort = budget.isAwaited || outboundMessageIds.length > free
  const rows = await context.db
    .selectFrom('outboundMessage')
    .selectAll()
    .$if(!isShort, (query) => query.where('id', 'in', outboundMessageIds))
    .where('mailboxId', '=', mailbox.id)
    .where('state', '=', 'waiting')
    .where('nextAttemptAt', '<=', now)
    .orderBy(sendingOrder)
    .limit(Math.min(free, MOST_AT_ONCE))
    .execute()
  if (rows.length === 0 && !isShort) return 'nothing'

  const { ready, left } = await prepare(context, rows)
  if (left.length > 0) await context.db.transaction().execute((tx) => wake(tx, context, left))
  const claimed = await claim(context, mailbox, ready, isShort)
  if (claimed.length === 0) return 'nothing'
  const told = { mailboxId: mailbox.id, mails: claimed.length }
  reached('mails-claimed', told)
  const outcomes = await mailbox.open.send(
    claimed.map(({ mail }) => mail),
    signal,
  )
  reached('mails-handed-over', told)
  const settled = await settleOutcomes(context, claimed, outcomes)
  reached('mails-settled', { mailboxId: mailbox.id, mails: settled })
  const errors = outcomes.map((outcome) => (outcome.outcome === 'sent' ? null : outcome.error))
  return errors.find((error) => error !== null && !isAboutOneMessage(error)) ?? 'works'
}

/**
 * Composes what is still wanted, and notes of the rest why it does not go out. What files fill the memory before its turn
 * is left for the next time.
 */
async function prepare(
  context: Context,
  rows: OutboundRow[],
): Promise<{ ready: Ready[]; left: OutboundRow[] }> {
  // Side by side, so that they ask the database together (`store/together.ts`).
  const models = rows.map((row) => modelOf(context, row))
  await Promise.allSettled(models)
  const ready: Ready[] = []
  let octets = 0
  for (const [index, row] of rows.entries()) {
    if (octets > MOST_OCTETS) return { ready, left: rows.slice(index) }
    // Composing takes the processor: timers, sockets and the API get their turn between two mails.
    await setImmediate()
    const mail = await composeOrMark(context, row, models[index])
    if (!mail) continue
    ready.push({ row, mail })
    octets += mail.mime.length
  }
  return { ready, left: [] }
}

/** Jobs for mails that are due. */
function wake(tx: Tx, context: Context, rows: OutboundRow[]): Promise<void> {
  return context.enqueue(
    tx,
    rows.map(({ id }) => ({ name: 'send-outbound' as const, payload: { outboundMessageId: id } })),
  )
}

/** What the mail has to say; null when it is wanted no more. */
async function modelOf(context: Context, row: OutboundRow): Promise<MailModel | null> {
  return (await isStillWanted(context.db, row)) ? buildModel(context, row) : null
}

/** A mail that cannot be composed is a bug of ours: it is marked with the reason, and the others go out. */
async function composeOrMark(
  context: Context,
  row: OutboundRow,
  model: Promise<MailModel | null> | undefined,
): Promise<PreparedMail | null> {
  let change: Change = { state: 'cancelled' }
  try {
    const wanted = await model
    if (wanted) return await prepareMail(context.db, row, wanted, context.clock())
  } catch (cause) {
    context.log.error({ outboundMessage: row.id, kind: row.kind, err: cause }, 'a mail cannot be composed')
    const error = new MailError(cause instanceof Error ? cause.message : String(cause), {
      kind: 'invalid',
      retry: 'later',
      providerCode: 'not-composed',
      cause,
    })
    change = changeAfterFailure(context.clock(), row, error)
  }
  await context.db.transaction().execute((tx) => setFrom(tx, context, 'waiting', [{ row, change }]))
  return null
}

/**
 * Commits *sending* with the Message-ID, for those that no other worker took meanwhile and that the budget still lets
 * out; none when the mailbox was stopped meanwhile. The others wait for the budget.
 */
async function claim(
  context: Context,
  { id: mailboxId, limits }: Sender,
  ready: Ready[],
  isShort: boolean,
): Promise<Ready[]> {
  return context.db.transaction().execute(async (tx) => {
    await lockBudget(tx, mailboxId)
    if (!(await isRunning(tx, mailboxId))) return []
    const sendingSince = context.clock()
    const budget = await lookAtBudget(tx, mailboxId, limits, sendingSince)
    const changes = ready.slice(0, freeNow(budget)).map(({ row, mail }) => ({
      id: row.id,
      state: 'sending' as const,
      waitsFor: null,
      sendingSince,
      messageId: mail.messageId,
      sentText: mail.text,
    }))
    const taken = await updateEach(tx, 'outboundMessage', changes, { state: 'waiting' })
    if (isShort || changes.length < ready.length) await letWait(tx, context, mailboxId, budget, taken.size)
    return ready.filter(({ row }) => taken.has(row.id))
  })
}

async function isRunning(tx: Tx, mailboxId: string): Promise<boolean> {
  const mailbox = await tx
    .selectFrom('mailbox')
    .select('state')
    .where('id', '=', mailboxId)
    .executeTakeFirst()
  return mailbox?.state === 'running'
}

async function settleOutcomes(
  context: Context,
  claimed: Ready[],
  outcomes: SendOutcome[],
): Promise<{ kind: string; state: string }[]> {
  const changes = claimed.map(({ row, mail: { messageId } }, index): { row: OutboundRow; change: Change } => {
    const outcome = outcomes[index]
    const change: Change = outcome ? changeAfter(context, row, outcome) : { state: 'unknown' }
    return { row, change: { messageId, ...change } }
  })
  await context.db.transaction().execute((tx) => setFrom(tx, context, 'sending', changes))
  return changes.map(({ row, change }) => ({ kind: row.kind, state: change.state }))
}

function changeAfter(context: Context, row: OutboundRow, outcome: SendOutcome): Change {
  const now = context.clock()
  switch (outcome.outcome) {
    case 'sent':
      // Replies refer to the Message-ID that it has now, and a bounce names it.
      return {
        state: 'sent',
        sentAt: now,
        messageId: outcome.messageId,
        providerId: outcome.providerId,
        error: null,
      }
    case 'unknown':
      return {
        state: 'unknown',
        messageId: outcome.messageId,
        attempts: attemptsAfter(row, outcome.error),
        nextAttemptAt: after(now, SENT_COPY_GRACE_MS),
        error: toFailure(outcome.error),
      }
    case 'failed':
      return changeAfterFailure(now, row, outcome.error)
  }
}

function changeAfterFailure(now: Date, row: OutboundRow, error: MailError): Change {
  const attempts = attemptsAfter(row, error)
  if (error.retry === 'never' || attempts >= MOST_ATTEMPTS) {
    return { state: 'dead', attempts, error: toFailure(error) }
  }
  const wait = error.retryAfterMs ?? backOffMs(attempts)
  return { state: 'waiting', attempts, nextAttemptAt: after(now, wait), error: toFailure(error) }
}

function attemptsAfter({ attempts }: OutboundRow, error: MailError): number {
  return attempts + (isAboutOneMessage(error) ? 1 : 0)
}

/** Changes rows that are still in this state, with a job for the next attempt where there is one. */
async function setFrom(
  tx: Tx,
  context: Context,
  state: 'waiting' | 'sending',
  changes: { row: OutboundRow; change: Change }[],
): Promise<void> {
  const changed = await updateEach(
    tx,
    'outboundMessage',
    changes.map(({ row, change }) => toRow(row, change)),
    { state },
  )
  await context.enqueue(
    tx,
    changes.flatMap(({ row, change }) =>
      change.nextAttemptAt === undefined
        ? []
        : [
            {
              name: 'send-outbound' as const,
              payload: { outboundMessageId: row.id },
              startAfter: change.nextAttemptAt,
            },
          ],
    ),
  )
  for (const { row, change } of changes) {
    if (change.state !== 'dead' || !changed.has(row.id)) continue
    // A mail that is given up is no silent matter: who waits for an answer to it is told.
    context.log.error({ outboundMessage: row.id, kind: row.kind, error: change.error }, 'a mail was given up')
    await reportUndelivered(tx, context, row, change.error?.code ?? null)
  }
}

/** The row's columns after a change: what it does not name stays. */
function toRow(row: OutboundRow, change: Change) {
  const { id, attempts, nextAttemptAt, sentAt, messageId, providerId, error } = row
  return { id, attempts, nextAttemptAt, sentAt, messageId, providerId, error, ...change }
}
