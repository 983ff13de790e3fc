import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { backOffMs } from '../lib/back-off.ts'
import { after } from '../lib/clock.ts'
import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import { reached } from '../lib/milestones.ts'
import { newId } from '../lib/new-id.ts'
import { toFailure } from '../mail/errors.ts'
import type { FailedItem } from '../mail/mailbox.ts'
import type { RawMessage } from '../mail/message.ts'
import type { Context, Tx } from '../store/context.ts'
import { keepRaw } from '../store/raw-messages/keep-raw.ts'
import { fingerprint } from './fingerprint.ts'
import { tellTooLarge } from './tell-too-large.ts'

/** What one `receive` of a mailbox brought. */
export interface Batch {
  mailboxId: string
  messages: RawMessage[]
  failed: FailedItem[]
  /** How far the mailbox was read; null leaves its cursor as it is (a retried fetch). */
  cursor: MovedCursor | null
  /** Ids that were asked for again; one that came neither back nor failed has left the mailbox. */
  retried?: { ids: string[]; readAs: ReadAs }
}

/** As what a mailbox was read: to another user or type the cursor and the ids mean nothing. */
export interface ReadAs {
  user: string
  type: MailboxSettings['type']
  /** From when, while it is read anew; one that is to be read from another time begins again. */
  readFrom: Date | null
}

export interface MovedCursor {
  /** Where this `receive` began, and where the next one starts. */
  before: string | null
  after: string
  readAs: ReadAs
  /** When it was read to its end; null when there is more. */
  endedAt: Date | null
}

/**
 * Stores what a mailbox gave, in one transaction: the raw messages with a job for each, the items that could not be
 * fetched, and the cursor. Only then may anything be put aside in the mailbox (promise 3). A message that is stored
 * already is left as it is. Returns how many were new.
 */
export async function storeMessages(context: Context, batch: Batch): Promise<number> {
  const rows: Row[] = []
  // As they came in, for in this order they are processed.
  for (const message of batch.messages.toSorted((one, other) => +one.receivedAt - +other.receivedAt)) {
    rows.push(await toRow(context, batch.mailboxId, message))
  }
  const count = await context.db.transaction().execute(async (tx) => {
    const stored = await insertNew(tx, rows)
    await context.enqueue(
      tx,
      stored.map((id) => ({ name: 'process-inbound' as const, payload: { inboundMessageId: id } })),
    )
    await keepFailed(tx, context, batch)
    await moveCursor(tx, batch)
    return stored.length
  })
  reached('messages-stored', { mailboxId: batch.mailboxId, messages: count })
  return count
}

type Row = Awaited<ReturnType<typeof toRow>>

async function toRow(context: Context, mailboxId: string, message: RawMessage) {
  const octets = Buffer.from(message.raw.buffer, message.raw.byteOffset, message.raw.byteLength)
  const rawSha256 = createHash('sha256').update(octets).digest('hex')
  return {
    id: newId(),
    mailboxId,
    providerId: message.providerId,
    fingerprint: fingerprint(message),
    duplicateOf: null,
    folder: message.folder,
    receivedAt: message.receivedAt,
    storedAt: context.clock(),
    raw: await keepRaw(context.rawDirectory, octets, rawSha256),
    rawSha256,
    rawSize: octets.byteLength,
    originalOctets: message.originalOctets,
    transportHeaders: message.transportHeaders,
    itemClass: message.itemClass,
    fromAddress: '',
    subject: '',
    messageId: null,
    state: 'received' as const,
    outcome: null,
    nextAttemptAt: context.clock(),
    error: null,
    // What was found among what was put aside is put aside.
    settleState:
      message.folder === 'inbox' || message.folder === 'junk' ? ('due' as const) : ('done' as const),
    requestId: null,
    actionId: null,
    personId: null,
    reading: null,
    verdict: null,
    processedAt: null,
  }
}

async function insertNew(tx: Tx, rows: Row[]): Promise<string[]> {
  if (rows.length === 0) return []
  const stored = await tx
    .insertInto('inboundMessage')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['mailboxId', 'providerId']).doNothing())
    .returning('id')
    .execute()
  return stored.map((row) => row.id)
}

/**
 * The cursor moves on only from where this `receive` began: another one, or new settings that point at another mailbox
 * or speak another protocol, may have moved it meanwhile, and then all of this batch is put back. So is what was fetched
 * again, whose ids are those of the settings of then.
 */
async function moveCursor(tx: Tx, { mailboxId, cursor, retried }: Batch): Promise<void> {
  const readAs = cursor?.readAs ?? retried?.readAs
  if (readAs === undefined) return
  const now = await tx
    .selectFrom('mailbox')
    .select('cursor')
    .where('id', '=', mailboxId)
    .where(sql`settings ->> 'user'`, '=', readAs.user)
    .where(sql`settings ->> 'type'`, '=', readAs.type)
    .where('readFrom', 'is not distinct from', readAs.readFrom)
    // Not `for update`: that would wait for everybody who writes a mail.
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!now || (cursor && cursor.before !== now.cursor)) {
    throw new Error(`the cursor of mailbox ${mailboxId} was moved meanwhile`)
  }
  if (cursor === null) return
  const ended = cursor.endedAt === null ? {} : { lastReceivedAt: cursor.endedAt, readFrom: null }
  await tx
    .updateTable('mailbox')
    .set({ cursor: cursor.after, ...ended })
    .where('id', '=', mailboxId)
    .execute()
}

async function keepFailed(tx: Tx, context: Context, batch: Batch): Promise<void> {
  const stillFailed = new Set(batch.failed.map((item) => item.providerId))
  const done = [...batch.messages.map((message) => message.providerId), ...(batch.retried?.ids ?? [])].filter(
    (id) => !stillFailed.has(id),
  )
  if (done.length > 0) {
    await tx
      .deleteFrom('failedFetch')
      .where('mailboxId', '=', batch.mailboxId)
      .where('providerId', 'in', done)
      .execute()
  }
  for (const item of batch.failed) await noteFailed(tx, context, batch.mailboxId, item)
}

/** After so many attempts, some six hours, an item is a dead letter: only an administrator has it fetched again. */
const MOST_FETCHES = 30

/** An item waits longer after each failure; after one that no repetition mends, and after the last, it is given up. */
async function noteFailed(
  tx: Tx,
  context: Context,
  mailboxId: string,
  { providerId, error, receivedAt, head }: FailedItem,
): Promise<void> {
  const before = await tx
    .selectFrom('failedFetch')
    .select('attempts')
    .where('mailboxId', '=', mailboxId)
    .where('providerId', '=', providerId)
    .executeTakeFirst()
  const attempts = (before?.attempts ?? 0) + 1
  const now = context.clock()
  const isOver = error.retry === 'never' || attempts >= MOST_FETCHES
  const nextAttemptAt = isOver ? null : after(now, error.retryAfterMs ?? backOffMs(attempts))
  context.log[isOver ? 'error' : 'warn'](
    { mailbox: mailboxId, providerId, attempts, nextAttemptAt, err: error },
    'a message could not be fetched',
  )
  const failure = { attempts, nextAttemptAt, error: JSON.stringify(toFailure(error)) }
  await tx
    .insertInto('failedFetch')
    .values({
      id: newId(),
      mailboxId,
      providerId,
      receivedAt: receivedAt ?? null,
      firstFailedAt: now,
      ...failure,
    })
    .onConflict((conflict) => conflict.columns(['mailboxId', 'providerId']).doUpdateSet(failure))
    .execute()
  if (head !== undefined && before === undefined)
    await tellTooLarge({ tx, context }, { mailboxId, head, receivedAt: receivedAt ?? now })
}
