import { MailError } from '../mail/errors.ts'
import { endTrouble, mayBeCalled, noteTrouble } from '../mailboxes/note-trouble.ts'
import type { OpenMailboxes } from '../mailboxes/open-mailboxes.ts'
import { SEND_MS } from '../outbound/budget.ts'
import { deliver } from '../outbound/deliver.ts'
import { findOut } from '../outbound/find-out.ts'
import type { Context } from '../store/context.ts'

/** Whose mails these are; also of those that went out meanwhile, for their jobs wake the mailbox. */
export async function groupByMailbox(
  { db }: Context,
  outboundMessageIds: string[],
): Promise<[mailboxId: string, outboundMessageIds: string[]][]> {
  const rows = await db
    .selectFrom('outboundMessage')
    .select(['id', 'mailboxId'])
    .where('id', 'in', outboundMessageIds)
    .execute()
  return [...Map.groupBy(rows, ({ mailboxId }) => mailboxId)].map(([mailboxId, group]) => [
    mailboxId,
    group.map(({ id }) => id),
  ])
}

/** Sends mails of one mailbox, or what goes before them while its budget is short, and asks what became of the unknown. */
export async function sendFrom(
  context: Context,
  mailboxes: OpenMailboxes,
  mailboxId: string,
  outboundMessageIds: string[],
  signal: AbortSignal,
): Promise<void> {
  const row = await mailboxes.load(mailboxId)
  // What waits is enqueued again once the mailbox may be called: see `resume-due`.
  if (row.state !== 'running' || !mayBeCalled(context, row, 'send')) return
  try {
    const named = { id: mailboxId, open: await mailboxes.open(row), limits: row.settings }
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(SEND_MS)])
    const shown = await deliver(context, named, outboundMessageIds, bounded)
    if (shown instanceof MailError) throw shown
    const told = await findOut(context, named, outboundMessageIds, bounded)
    if (shown === 'works' || told) await endTrouble(context, row, 'send')
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    // It was us who ended the call: nothing is wrong with the mailbox.
    if (signal.aborted) return
    await noteTrouble(context, row, error, 'send')
  }
}
