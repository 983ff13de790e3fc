import { type Kysely, sql } from 'kysely'
import { after } from '../lib/clock.ts'
import type { Tx } from '../store/context.ts'
import type { Database } from '../store/schema.ts'
import { forgetIds } from './forget-ids.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/**
 * How long before the mailbox was last read to its end it is read again. What Exchange shows late, or a rule or a person
 * moved into Inbox meanwhile, was received some time before.
 */
const OVERLAP_MS = 3 * 24 * 60 * 60 * 1_000

type Mailbox = Pick<MailboxRow, 'id' | 'startFrom' | 'readFrom' | 'lastReceivedAt'>

/**
 * From when a mailbox has to be read once its cursor and ids are worth nothing: a little before it was last read to its
 * end, and before the oldest message that was not put aside or not fetched; never before it starts.
 */
export async function readAgainFrom(db: Kysely<Database>, mailbox: Mailbox): Promise<Date> {
  const { id, startFrom, readFrom, lastReceivedAt } = mailbox
  const unsettled = await db
    .selectFrom('inboundMessage')
    .select(({ fn }) => fn.min('receivedAt').as('oldest'))
    .where('mailboxId', '=', id)
    .where('settleState', '=', 'due')
    .executeTakeFirst()
  const unfetched = await db
    .selectFrom('failedFetch')
    // Of one without a time nothing is known but that it is no older than the start.
    .select(sql<Date | null>`min(coalesce(received_at, ${startFrom}::timestamptz))`.as('oldest'))
    .where('mailboxId', '=', id)
    .executeTakeFirst()
  const times = [
    lastReceivedAt === null ? startFrom : after(lastReceivedAt, -OVERLAP_MS),
    // An earlier change of type whose reading did not come to its end.
    readFrom,
    unsettled?.oldest,
    unfetched?.oldest,
  ].flatMap((time) => (time ? [time.getTime()] : []))
  return new Date(Math.max(startFrom.getTime(), Math.min(...times)))
}

/**
 * Forgets, in the transaction that changes a mailbox's type, what meant something to the type before, and returns what
 * its row is to hold instead. Nothing is lost by it: what was not put aside, or could not be fetched, comes again under
 * other ids, for the reading begins before it; and what was acted on is known by its fingerprint.
 */
export async function beginAnew(tx: Tx, mailbox: Mailbox): Promise<{ cursor: null; readFrom: Date }> {
  const readFrom = await readAgainFrom(tx, mailbox)
  await forgetIds(tx, mailbox.id)
  return { cursor: null, readFrom }
}
