import { AppError } from '../lib/app-error.ts'
import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import type { Context, Tx } from '../store/context.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/**
 * Makes a detached mailbox that of a copy, which works beside the original: what the database holds of the original's
 * work is not its own. Replies that were stored and not put aside yet stay where they are, what could not be fetched is
 * forgotten, and mails under way are written anew, under tokens and Message-IDs of the copy, for the test address.
 * Throws `mailbox-detached` unless the settings are those of a copy: another instance, and one address for all mail.
 */
export async function leaveToOriginal(
  tx: Tx,
  context: Pick<Context, 'clock' | 'enqueue'>,
  original: MailboxRow,
  { instance, redirectAllTo }: MailboxSettings,
): Promise<void> {
  const isAnother = instance.toLowerCase() !== original.settings.instance.toLowerCase()
  if (!isAnother || redirectAllTo === null) throw new AppError('mailbox-detached', { mailbox: original.name })
  const { id } = original
  await tx
    .updateTable('inboundMessage')
    .set({ settleState: 'failed' })
    .where('mailboxId', '=', id)
    .where('settleState', '=', 'due')
    .execute()
  await tx.deleteFrom('failedFetch').where('mailboxId', '=', id).execute()
  // Its subscription calls the original, which would miss it.
  await tx.deleteFrom('mailboxPush').where('mailboxId', '=', id).execute()
  const now = context.clock()
  const anew = {
    state: 'waiting' as const,
    messageId: null,
    sendingSince: null,
    attempts: 0,
    nextAttemptAt: now,
  }
  const mails = await tx
    .updateTable('outboundMessage')
    .set(anew)
    .where('mailboxId', '=', id)
    .where('state', 'in', ['waiting', 'sending', 'unknown'])
    .returning('id as outboundMessageId')
    .execute()
  await context.enqueue(
    tx,
    mails.map((payload) => ({ name: 'send-outbound' as const, payload })),
  )
}
