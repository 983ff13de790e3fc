import { sql } from 'kysely'
import { backOffMs } from '../lib/back-off.ts'
import { after } from '../lib/clock.ts'
import type { MailError } from '../mail/errors.ts'
import type { Context, Tx } from '../store/context.ts'
import type { MailboxTrouble } from '../store/schema.ts'
import { activeStates } from './active-states.ts'
import { hasSettingsOf } from './has-settings-of.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/** When each work may be done again: a mailbox that takes no mail for now can be read all the same. */
const retryColumns = { receive: 'retryAt', send: 'sendRetryAt' } as const

/**
 * Notes that a mailbox as a whole failed, and when this work on it may be done again: as the provider says, or backing
 * off. All of the work waits for that time, so that a thousand waiting mails do not each ask a server that is down; of
 * calls that fail at the same time the one that was told to wait longest counts. What waiting will not mend pauses the
 * mailbox, with the reason for the administrator. What fails with settings that the mailbox has no more is no trouble of
 * it: whoever gave it the new ones has seen to it that they are tried.
 */
export async function noteTrouble(
  context: Context,
  row: MailboxRow,
  error: MailError,
  work: MailboxTrouble['work'],
): Promise<void> {
  const { kind, providerCode, messageKey, messageValues } = error
  // That no mail is taken from its account hinders nobody from reading it: pausing would end with the next reading.
  const pauses = error.retry === 'pause-mailbox' && !(work === 'send' && kind === 'refused')
  const failures = row.failures + 1
  const retryAt = after(context.clock(), error.retryAfterMs ?? backOffMs(failures))
  const column = retryColumns[work]
  const since = row.trouble?.since ?? context.clock().toISOString()
  const trouble = { kind, providerCode, messageKey, messageValues, since, work }
  const isNoted = await context.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('mailbox')
      .set({
        failures,
        [column]: sql<Date>`greatest(${sql.ref(column)}, ${retryAt}::timestamptz)`,
        trouble: JSON.stringify(trouble),
        ...(pauses ? { state: 'paused' as const } : {}),
      })
      .where('id', '=', row.id)
      .where('state', 'in', activeStates)
      .where(hasSettingsOf(row))
      .executeTakeFirst()
    // Told at once, and not within the minute.
    if (pauses && numUpdatedRows > 0n) await context.enqueue(tx, { name: 'report-outages', payload: {} })
    return numUpdatedRows > 0n
  })
  context.log[pauses && isNoted ? 'error' : 'warn'](
    { mailbox: row.name, work, kind, providerCode, failures, retryAt, err: error },
    pauses && isNoted ? 'mailbox paused' : 'mailbox did not do what was asked',
  )
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
      .select(['trouble', 'state'])
      .where('id', '=', id)
      .where('state', 'in', activeStates)
      // Not `for update`: that would wait for everybody who writes a mail.
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!now) return false
    const mended =
      now.trouble === null || now.trouble.work === work || (await isPointless(tx, id, now.trouble))
    await tx
      .updateTable('mailbox')
      .set({
        state: 'running',
        [retryColumns[work]]: null,
        // What had stopped both is over.
        ...(now.state === 'paused' ? { retryAt: null, sendRetryAt: null } : {}),
        ...(mended ? { trouble: null, failures: 0 } : {}),
      })
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

/** Whether a mailbox may be called now for this work. */
export function mayBeCalled(context: Context, row: MailboxRow, work: MailboxTrouble['work']): boolean {
  const isActive = activeStates.some((state) => state === row.state)
  const retryAt = row[retryColumns[work]]
  return isActive && (retryAt === null || retryAt <= context.clock())
}
