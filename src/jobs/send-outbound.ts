import { MailError } from '../mail/errors.ts'
import type { OpenMailboxes } from '../mailboxes/open-mailboxes.ts'
import { pauseMailbox } from '../mailboxes/pause-mailbox.ts'
import { deliver } from '../outbound/deliver.ts'
import { findOut } from '../outbound/find-out.ts'
import type { Context } from '../store/context.ts'

/** Sends mails, grouped by mailbox; one mailbox that fails does not hold up the others. */
export async function sendOutbound(
  context: Context,
  mailboxes: OpenMailboxes,
  outboundMessageIds: string[],
  signal: AbortSignal,
): Promise<void> {
  const rows = await context.db
    .selectFrom('outboundMessage')
    .select(['id', 'mailboxId', 'state'])
    .where('id', 'in', outboundMessageIds)
    .where('state', 'in', ['waiting', 'unknown'])
    .execute()
  const byMailbox = Map.groupBy(rows, (row) => row.mailboxId)
  for (const [mailboxId, group] of byMailbox) {
    const { row, mailbox } = await mailboxes.open(mailboxId)
    // What waits is enqueued again once the mailbox runs: see `resume-due`.
    if (row.state !== 'running') continue
    const named = { id: mailboxId, open: mailbox }
    try {
      const waiting = group.filter(({ state }) => state === 'waiting').map(({ id }) => id)
      const trouble = waiting.length > 0 ? await deliver(context, named, waiting, signal) : null
      if (trouble !== null) await pauseMailbox(context, row, trouble)
      for (const { id, state } of group) {
        if (state === 'unknown') await findOut(context, named, id, signal)
      }
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      await pauseMailbox(context, row, error)
    }
  }
}
