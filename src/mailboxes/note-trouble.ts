import { sql } from 'kysely'
import { backOffMs } from '../lib/back-off.ts'
import { after } from '../lib/clock.ts'
import type { MailError } from '../mail/errors.ts'
import type { Context } from '../store/context.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/**
 * Notes that a mailbox as a whole failed, and when it may be called again: as the provider says, or backing off. All
 * work on the mailbox waits for that time, so that a thousand waiting mails do not each ask a server that is down; of
 * calls that fail at the same time the one that was told to wait longest counts. What waiting will not mend pauses the
 * mailbox, with the reason for the administrator.
 */
export async function noteTrouble(context: Context, row: MailboxRow, error: MailError): Promise<void> {
  const { kind, providerCode, messageKey, messageValues } = error
  const pauses = error.retry === 'pause-mailbox'
  const failures = row.failures + 1
  const retryAt = after(context.clock(), error.retryAfterMs ?? backOffMs(failures))
  context.log[pauses ? 'error' : 'warn'](
    { mailbox: row.name, kind, providerCode, failures, retryAt, err: error },
    pauses ? 'mailbox paused' : 'mailbox did not do what was asked',
  )
  const since = row.trouble?.since ?? context.clock().toISOString()
  const trouble = { kind, providerCode, messageKey, messageValues, since }
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

/** A mailbox that answers again has no trouble any more, and runs. */
export async function endTrouble(context: Context, row: MailboxRow): Promise<void> {
  if (row.trouble === null && row.failures === 0) return
  await context.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('mailbox')
      .set({ state: 'running', trouble: null, failures: 0, retryAt: null })
      .where('id', '=', row.id)
      .where('state', '!=', 'disabled')
      .execute()
    await context.enqueue(tx, { name: 'report-outages', payload: {} })
  })
  context.log.info({ mailbox: row.name }, 'mailbox works again')
}

/** Whether a mailbox may be called now. */
export function mayBeCalled(context: Context, row: MailboxRow): boolean {
  return row.state !== 'disabled' && (row.retryAt === null || row.retryAt <= context.clock())
}
