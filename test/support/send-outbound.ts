import { groupByMailbox, sendFrom } from '../../src/jobs/send-outbound.ts'
import type { OpenMailboxes } from '../../src/mailboxes/open-mailboxes.ts'
import type { Context } from '../../src/store/context.ts'

/** Sends mails at once, as the lanes of `start-jobs` do when their jobs come: each mailbox by itself. */
export async function sendOutbound(
  context: Context,
  mailboxes: OpenMailboxes,
  outboundMessageIds: string[],
  signal: AbortSignal,
): Promise<void> {
  const groups = await groupByMailbox(context, outboundMessageIds)
  await Promise.all(groups.map(([mailboxId, ids]) => sendFrom(context, mailboxes, mailboxId, ids, signal)))
}
