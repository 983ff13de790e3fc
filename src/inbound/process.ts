import { backOffMs } from '../lib/back-off.ts'
import { after } from '../lib/clock.ts'
import { reached } from '../lib/milestones.ts'
import { readAuthentication } from '../mail/authenticate/read-authentication.ts'
import type { RawMessage } from '../mail/message.ts'
import { parseMessage, UnreadableMessage } from '../mail/parse-message.ts'
import { findPersonByAddress } from '../people/find-person.ts'
import { readReply } from '../replies/read-reply.ts'
import type { Context } from '../store/context.ts'
import { gatherFacts } from '../trust/gather-facts.ts'
import { judge } from '../trust/judge.ts'
import { act } from './act.ts'
import { findAsked } from './find-asked.ts'
import { readContextFor } from './read-context.ts'
import type { InboundRow, Understood } from './understood.ts'

/** After so many attempts a message is a dead letter: kept, marked with the reason, shown to the administrator. */
const MOST_ATTEMPTS = 5

/**
 * One stored message, from its octets to what follows from it: parse → whom did we ask → read → judge → act.
 * A message that is not `received` any more is left alone, so a job that runs twice acts once. A message that
 * cannot be read is marked and kept; it never stops the others.
 */
export async function processInbound(context: Context, inboundMessageId: string): Promise<void> {
  const row = await context.db
    .selectFrom('inboundMessage')
    .selectAll()
    .where('id', '=', inboundMessageId)
    .where('state', '=', 'received')
    .executeTakeFirst()
  if (!row) return
  try {
    const understood = await understand(context, row)
    reached('reply-understood', { inboundMessageId: row.id })
    await act(context, understood)
  } catch (error) {
    await markFailed(context, row, error)
  }
}

/** Everything up to the verdict. Throws `UnreadableMessage`. */
async function understand(context: Context, row: InboundRow): Promise<Understood> {
  const message = await parseMessage(rawMessageOf(row))
  const asked = await findAsked(context.db, context.keys, message, context.clock())
  const reading = readReply(message, await readContextFor(context.db, asked))
  const [author] = message.from
  const known = author ? await findPersonByAddress(context.db, author.address) : null
  const facts = gatherFacts({
    message,
    folder: row.folder,
    authentication: readAuthentication(message.headers, { exchange: true }),
    token: asked.token,
    holder: asked.asked && { address: asked.asked.person.address, aliases: asked.asked.aliases },
    isKnown: known !== null,
    stillEntitled: asked.asked?.stillEntitled ?? true,
  })
  const verdict = judge(facts, 'standard')
  return { row, message, asked, reading, verdict }
}

function rawMessageOf(row: InboundRow): RawMessage {
  return {
    providerId: row.providerId,
    folder: row.folder,
    receivedAt: row.receivedAt,
    raw: row.raw,
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
        error: JSON.stringify({
          code: unreadable ? 'unreadable' : 'internal',
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
