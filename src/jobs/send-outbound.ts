import { MailError } from '../mail/errors.ts'
import { endTrouble, mayBeCalled, noteTrouble } from '../mailboxes/note-trouble.ts'
import type { OpenMailboxes } from '../mailboxes/open-mailboxes.ts'
import { deliver } from '../outbound/deliver.ts'
import { findOut } from '../outbound/find-out.ts'
import type { Context } from '../store/context.ts'

/** The longest that one round of sending may take; what has no answer by then is *unknown*. */
export const SEND_MS = 120_000

/** Sends mails, each mailbox by itself: one that fails or hangs does not hold up the others. */
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
  const groups = [...Map.groupBy(rows, (row) => row.mailboxId)]
  await Promise.all(
    groups.map(([mailboxId, group]) => sendFrom(context, mailboxes, mailboxId, group, signal)),
  )
}

async function sendFrom(
  context: Context,
  mailboxes: OpenMailboxes,
  mailboxId: string,
  group: { id: string; state: string }[],
  signal: AbortSignal,
): Promise<void> {
  const row = await mailboxes.load(mailboxId)
  // What waits is enqueued again once the mailbox may be called: see `resume-due`.
  if (row.state !== 'running' || !mayBeCalled(context, row)) return
  try {
    const named = { id: mailboxId, open: await mailboxes.open(row) }
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(SEND_MS)])
    const waiting = group.filter(({ state }) => state === 'waiting').map(({ id }) => id)
    const shown = waiting.length > 0 ? await deliver(context, named, waiting, bounded) : 'nothing'
    if (shown instanceof MailError) throw shown
    let works = shown === 'works'
    for (const { id, state } of group) {
      if (state === 'unknown' && (await findOut(context, named, id, bounded))) works = true
    }
    if (works) await endTrouble(context, row, 'send')
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    // It was us who ended the call: nothing is wrong with the mailbox.
    if (signal.aborted) return
    await noteTrouble(context, row, error, 'send')
  }
}
