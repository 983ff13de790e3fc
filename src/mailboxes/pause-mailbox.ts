import type { MailError } from '../mail/errors.ts'
import type { Context } from '../store/context.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/**
 * Notes a failure of a whole mailbox. One that waiting will not mend pauses it, with the reason for the
 * administrator; the others are tried again at the next poll.
 */
export async function pauseMailbox(
  context: Context,
  row: Pick<MailboxRow, 'id' | 'name'>,
  error: MailError,
): Promise<void> {
  const { kind, providerCode, messageKey, messageValues } = error
  const pauses = error.retry === 'pause-mailbox'
  context.log[pauses ? 'error' : 'warn'](
    { mailbox: row.name, kind, providerCode, err: error },
    pauses ? 'mailbox paused' : 'mailbox did not answer',
  )
  if (!pauses) return
  const pause = { kind, providerCode, messageKey, messageValues, at: context.clock().toISOString() }
  await context.db
    .updateTable('mailbox')
    .set({ state: 'paused', pause: JSON.stringify(pause) })
    .where('id', '=', row.id)
    .where('state', '!=', 'disabled')
    .execute()
}

/** A paused mailbox that answers again runs again. */
export async function resumeMailbox(context: Context, mailboxId: string): Promise<void> {
  await context.db
    .updateTable('mailbox')
    .set({ state: 'running', pause: null })
    .where('id', '=', mailboxId)
    .where('state', '=', 'paused')
    .execute()
  context.log.info({ mailbox: mailboxId }, 'mailbox runs again')
}
