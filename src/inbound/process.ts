import { setImmediate } from 'node:timers/promises'
import { allSettled } from '../lib/all-settled.ts'
import { AppError } from '../lib/app-error.ts'
import { backOffMs } from '../lib/back-off.ts'
import { type BelievedMarks, believedMarks } from '../lib/believed-marks.ts'
import { after } from '../lib/clock.ts'
import { withLogFields } from '../lib/log-fields.ts'
import { reached } from '../lib/milestones.ts'
import { readAuthentication } from '../mail/authenticate/read-authentication.ts'
import type { ParsedMessage, RawMessage } from '../mail/message.ts'
import { parseMessage, UnreadableMessage } from '../mail/parse-message.ts'
import { findPersonByAddress } from '../people/find-person.ts'
import { readReply } from '../replies/read-reply.ts'
import type { Context } from '../store/context.ts'
import { loadRaw } from '../store/raw-messages/load-raw.ts'
import { toJson } from '../store/to-json.ts'
import { gatherFacts } from '../trust/gather-facts.ts'
import { judge } from '../trust/judge.ts'
import { act } from './act.ts'
import { decideTogether } from './decide-together.ts'
import { findAsked } from './find-asked.ts'
import { noteFooters } from './footers/note-footers.ts'
import { isReadToItsEnd } from './is-read-to-its-end.ts'
import { readContextFor } from './read-context.ts'
import { filedUnder, type InboundRow, type Understood } from './understood.ts'
import { whatFollows } from './what-follows.ts'

/** After so many attempts a message is a dead letter: kept, marked with the reason, shown to the administrator. */
const MOST_ATTEMPTS = 5
/** Octets of raw messages held in memory at a time; one that is larger is alone. */
const BATCH_BYTES = 8 * 1024 * 1024

/**
 * Stored messages, from their octets to what follows from them: parse → whom did we ask → read → judge → act. Plain
 * answers are decided together, everything else one by one. A message that is not `received` any more is left alone, so
 * a job that runs twice acts once. A message that cannot be read is marked and kept; it never stops the others. Those of
 * a mailbox that is read again after a restore wait until all of it was read: with `readAgain` it was.
 */
export async function processInbound(
  context: Context,
  inboundMessageIds: string[],
  { readAgain } = { readAgain: false },
): Promise<void> {
  const batches = await inBatches(context, inboundMessageIds, readAgain)
  for (const ids of batches) await processBatch(context, ids)
}

/** The ids of those that are to be processed, as they came in, in batches that fit into memory. */
async function inBatches(context: Context, ids: string[], readAgain: boolean): Promise<string[][]> {
  const rows = await context.db
    .selectFrom('inboundMessage')
    .innerJoin('mailbox', 'mailbox.id', 'inboundMessage.mailboxId')
    .select(['inboundMessage.id', 'rawSize'])
    .where('inboundMessage.id', 'in', ids)
    .where('inboundMessage.state', '=', 'received')
    .$if(!readAgain, (query) => query.where(isReadToItsEnd))
    .orderBy('receivedAt')
    .orderBy('inboundMessage.id')
    .execute()
  const batches: string[][] = []
  let room = 0
  for (const { id, rawSize } of rows) {
    if (rawSize > room) {
      batches.push([])
      room = BATCH_BYTES
    }
    batches.at(-1)?.push(id)
    room -= rawSize
  }
  return batches
}

async function processBatch(context: Context, ids: string[]): Promise<void> {
  const rows = await context.db
    .selectFrom('inboundMessage')
    .selectAll()
    .where('id', 'in', ids)
    .where('state', '=', 'received')
    .orderBy('receivedAt')
    .orderBy('id')
    .execute()
  const parsed = await inTurns(rows, (row) => orMark(context, row, () => parseRow(context, row)))
  const marks = await marksByMailbox(context, rows)
  const understood = await allSettled(
    parsed.map((one) =>
      orMark(context, one.row, () => understand(context, one, marks.get(one.row.mailboxId) ?? 'none')),
    ),
  )
  const messages = understood.filter((one) => one !== null)
  const plain = plainAnswers(messages)
  const decided = new Set(plain)
  for (const left of await decideTogether(context, plain)) decided.delete(left)
  await inTurns(
    messages.filter((message) => !decided.has(message)),
    (message) => orMark(context, message.row, () => act(context, message)),
  )
  await noteFooters(context, messages)
}

/** Answers that decide, and are the first that we have of their request: what one says may change what the next means. */
function plainAnswers(messages: Understood[]): Understood[] {
  const seen = new Set<number>()
  return messages.filter((message) => {
    const { requestId } = filedUnder(message)
    const isFirst = requestId !== null && !seen.has(requestId)
    if (requestId !== null) seen.add(requestId)
    return isFirst && whatFollows(message).to === 'decide'
  })
}

/**
 * One after another. Between two of them timers, sockets and the API get their turn, which the queries of the embedded
 * database would leave none. Returns what did not come to nothing.
 */
async function inTurns<Item, Value>(
  items: Item[],
  handle: (item: Item) => Promise<Value | null>,
): Promise<Value[]> {
  const values: Value[] = []
  for (const item of items) {
    await setImmediate()
    const value = await handle(item)
    if (value !== null) values.push(value)
  }
  return values
}

/** What `handle` gives; null for a message that it failed on, which is marked. */
async function orMark<Value>(
  context: Context,
  row: InboundRow,
  handle: () => Promise<Value>,
): Promise<Value | null> {
  return withLogFields({ inboundMessage: row.id }, async () => {
    try {
      return await handle()
    } catch (error) {
      await markFailed(context, row, error)
      return null
    }
  })
}

interface Parsed {
  row: InboundRow
  message: ParsedMessage
}

/** Throws `UnreadableMessage`, and `AppError` when the octets are lost. */
async function parseRow(context: Context, row: InboundRow): Promise<Parsed> {
  const raw = await loadRaw(context.rawDirectory, row)
  return { row, message: await parseMessage(rawMessageOf(row, raw)) }
}

/** Which marks are believed of the servers that keep the mailboxes of these messages. */
async function marksByMailbox(context: Context, rows: InboundRow[]): Promise<Map<string, BelievedMarks>> {
  if (rows.length === 0) return new Map()
  const mailboxes = await context.db
    .selectFrom('mailbox')
    .select(['id', 'settings'])
    .where('id', 'in', [...new Set(rows.map(({ mailboxId }) => mailboxId))])
    .execute()
  return new Map(mailboxes.map(({ id, settings }) => [id, believedMarks(settings)]))
}

/** Everything up to the verdict. `marks`: which of the mail server's are believed. */
async function understand(
  context: Context,
  { row, message }: Parsed,
  marks: BelievedMarks,
): Promise<Understood> {
  const asked = await findAsked(context.db, context.keys, {
    mailboxId: row.mailboxId,
    message,
    now: context.clock(),
  })
  const [author] = message.from
  const readContext = await readContextFor(context.db, asked, message)
  const { locale, open, deciding, awaitsComment } = readContext
  const reading = readReply(message, readContext)
  const known = author ? await findPersonByAddress(context.db, author.address) : null
  const facts = gatherFacts({
    message,
    folder: row.folder,
    authentication: readAuthentication(message.headers, { marks }),
    token: asked.token,
    holder: asked.asked && { address: asked.asked.person.address, aliases: asked.asked.aliases },
    isKnown: known !== null,
    stillEntitled: asked.asked?.stillEntitled ?? true,
  })
  const verdict = judge(facts, 'standard')
  reached('reply-understood', { inboundMessageId: row.id })
  return { row, message, asked, readAs: { locale, open, deciding, awaitsComment }, reading, verdict }
}

function rawMessageOf(row: InboundRow, raw: Buffer): RawMessage {
  return {
    providerId: row.providerId,
    folder: row.folder,
    receivedAt: row.receivedAt,
    raw,
    originalOctets: row.originalOctets,
    transportHeaders: row.transportHeaders,
    itemClass: row.itemClass,
  }
}

async function markFailed(context: Context, row: InboundRow, error: unknown): Promise<void> {
  const attempts = row.attempts + 1
  const unreadable = error instanceof UnreadableMessage
  const dead = unreadable || attempts >= MOST_ATTEMPTS
  const next = after(context.clock(), backOffMs(attempts))
  context.log[dead ? 'error' : 'warn'](
    { inboundMessage: row.id, attempts, dead, err: error },
    'inbound message could not be processed',
  )
  await context.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('inboundMessage')
      .set({
        attempts,
        state: dead ? 'dead' : 'received',
        nextAttemptAt: dead ? null : next,
        error: toJson({
          code: unreadable ? 'unreadable' : error instanceof AppError ? error.code : 'internal',
          message: error instanceof Error ? error.message : String(error),
        }),
      })
      .where('id', '=', row.id)
      .where('state', '=', 'received')
      .execute()
    if (dead) return
    await context.enqueue(tx, {
      name: 'process-inbound',
      payload: { inboundMessageId: row.id },
      startAfter: next,
    })
  })
}
