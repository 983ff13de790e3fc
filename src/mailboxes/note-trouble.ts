import { sql } from 'kysely'
import { backOffMs } from '../lib/back-off.ts'
import { after } from '../lib/clock.ts'
import type { MailError } from '../mail/errors.ts'
import type { Context, Tx } from '../store/context.ts'
import type { MailboxTrouble } from '../store/schema.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/**
 * Notes that a mailbox as a whole failed, and when it may be called again: as the provider says, or backing off. All
 * work on the mailbox waits for that time, so that a thousand waiting mails do not each ask a server that is down; of
 * calls that fail at the same time the one that was told to wait longest counts. What waiting will not mend pauses the
 * mailbox, with the reason for the administrator.
 */
export async function noteTrouble(
  context: Context,
  row: MailboxRow,
  error: MailError,
  work: MailboxTrouble['work'],
): Promise<void> {
  const { kind, providerCode, messageKey, messageValues } = error
  const pauses = error.retry === 'pause-mailbox'
  const failures = row.failures + 1
  const retryAt = after(context.clock(), error.retryAfterMs ?? backOffMs(failures))
  context.log[pauses ? 'error' : 'warn'](
    { mailbox: row.name, kind, providerCode, failures, retryAt, err: error },
    pauses ? 'mailbox paused' : 'mailbox did not do what was asked',
  )
  const since = row.trouble?.since ?? context.clock().toISOString()
  const trouble = { kind, providerCode, messageKey, messageValues, since, work }
  await context.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('mailbox')
      .set({
        failures,
        retryAt: sql<Date>`greatest(${sql.ref('retryAt')}, ${retryAt}::timestamptz)`,
        trouble: JSON.stringify(trouble),
        ...(pauses ? { state: 'paused' as const } : {}),
      })
      .where('id', '=', row.id)
      .where('state', '!=', 'disabled')
      .execute()
    // Told at once, and not within the minute.
    if (pauses) await context.enqueue(tx, { name: 'report-outages', payload: {} })
  })
}

/**
 * A mailbox that answers again may be called, and runs. Its trouble is over when the work that failed succeeds: one that
 * gives its mail but takes none would else look sound each time it is read.
 */
export async function endTrouble(
  context: Context,
  { id, name, trouble, failures }: MailboxRow,
  work: MailboxTrouble['work'],
): Promise<void> {
  if (trouble === null && failures === 0) return
  const isOver = await context.db.transaction().execute(async (tx) => {
    const now = await tx
      .selectFrom('mailbox')
      .select('trouble')
      .where('id', '=', id)
      .where('state', '!=', 'disabled')
      // Not `for update`: that would wait for everybody who writes a mail.
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!now) return false
    const mended =
      now.trouble === null || now.trouble.work === work || (await isPointless(tx, id, now.trouble))
    await tx
      .updateTable('mailbox')
      .set({ state: 'running', retryAt: null, ...(mended ? { trouble: null, failures: 0 } : {}) })
      .where('id', '=', id)
      .execute()
    if (mended) await context.enqueue(tx, { name: 'report-outages', payload: {} })
    return mended
  })
  if (isOver) context.log.info({ mailbox: name }, 'mailbox works again')
}

/** Whether the work that failed will not be tried again by itself: a mailbox is read for ever, but mails run out. */
async function isPointless(tx: Tx, mailboxId: string, { work }: MailboxTrouble): Promise<boolean> {
  if (work === 'receive') return false
  const waiting = await tx
    .selectFrom('outboundMessage')
    .select('id')
    .where('mailboxId', '=', mailboxId)
    .where('state', 'in', ['waiting', 'sending', 'unknown'])
    .limit(1)
    .executeTakeFirst()
  return waiting === undefined
}

/** Whether a mailbox may be called now. */
export function mayBeCalled(context: Context, row: MailboxRow): boolean {
  return row.state !== 'disabled' && (row.retryAt === null || row.retryAt <= context.clock())
}
