import { setImmediate } from 'node:timers/promises'
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { after } from '../lib/clock.ts'
import type { Context } from '../store/context.ts'
import type { Database } from '../store/schema.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** Rows in one transaction, so that nobody waits long for one of them. */
const BATCH = 500

/**
 * Erases what people wrote, and what we wrote to them, once it is older than its mailbox keeps messages: octets, text,
 * subject and reading of a reply, the text of a mail of ours. That there was a message, its SHA-256, what was decided by
 * it and the record of the request stay. Messages of an action that is still open are kept until it is closed. Files are
 * left to `sweepRaw`. Returns how many messages were erased.
 */
export async function eraseExpired(
  context: Pick<Context, 'db' | 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<number> {
  const mailboxes = await context.db.selectFrom('mailbox').select(['id', 'name', 'settings']).execute()
  let total = 0
  for (const { id, name, settings } of mailboxes) {
    if (!settings.keepMessagesDays) continue
    const expired = { mailboxId: id, before: after(context.clock(), -settings.keepMessagesDays * DAY_MS) }
    let erased = 0
    for (const erase of [eraseInbound, eraseOutbound]) {
      for (let more = true; more && !signal.aborted; ) {
        const count = await erase(context, expired)
        erased += count
        more = count === BATCH
        await setImmediate()
      }
    }
    context.log.info(
      { mailbox: name, erased, before: expired.before },
      'messages that are kept no longer are erased',
    )
    total += erased
  }
  return total
}

interface Expired {
  mailboxId: string
  before: Date
}

async function eraseInbound(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { mailboxId, before }: Expired,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('inboundMessage')
    .set({ raw: null, transportHeaders: null, subject: '', reading: null, erasedAt: clock() })
    .where('id', 'in', (from) =>
      from
        .selectFrom('inboundMessage')
        .select('id')
        .where('mailboxId', '=', mailboxId)
        .where('receivedAt', '<', before)
        .where('erasedAt', 'is', null)
        .where('state', '<>', 'received')
        .where((where) => isOver(where, 'inboundMessage.actionId'))
        .orderBy('receivedAt')
        .limit(BATCH)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

async function eraseOutbound({ db }: Pick<Context, 'db'>, { mailboxId, before }: Expired): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('outboundMessage')
    .set({ sentText: null })
    .where('id', 'in', (from) =>
      from
        .selectFrom('outboundMessage')
        .select('id')
        .where('mailboxId', '=', mailboxId)
        .where('createdAt', '<', before)
        .where('sentText', 'is not', null)
        .where('state', 'in', ['sent', 'undelivered', 'dead', 'cancelled'])
        .where((where) => isOver(where, 'outboundMessage.actionId'))
        .orderBy('createdAt')
        .limit(BATCH)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Whether the action that a message is about is closed, or there is none. */
function isOver<Table extends keyof Database>(
  where: ExpressionBuilder<Database, Table>,
  actionId: string,
): Expression<SqlBool> {
  const open = sql<SqlBool>`exists (select from action where action.id = ${sql.ref(actionId)} and action.status = 'open')`
  return where.not(open)
}
