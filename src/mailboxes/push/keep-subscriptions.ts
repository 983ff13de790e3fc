import type { MailboxRow } from '../open-mailboxes.ts'
import { keepSubscription } from './keep-subscription.ts'
import type { PushParts, PushRow } from './push-parts.ts'
import { basisOf } from './subscription-basis.ts'

/** Mailboxes looked at side by side: one whose server is silent keeps few others waiting. */
const AT_ONCE = 4

/**
 * Has the provider of each mailbox call us when mail arrives, as far as it can and is to: makes, renews, replaces and
 * removes subscriptions, where something has changed or is due. Polling goes on whatever comes of it. Two rounds at a
 * time would make two subscriptions; the queue sees to it.
 */
export async function keepSubscriptions(parts: PushParts, signal: AbortSignal): Promise<void> {
  const due = await dueMailboxes(parts)
  for (let start = 0; start < due.length && !signal.aborted; start += AT_ONCE) {
    const round = due.slice(start, start + AT_ONCE).map(({ row, push }) =>
      keepSubscription(parts, row, push, signal).catch((error: unknown) =>
        // A bug, and that of one mailbox: the others are kept.
        parts.context.log.error(
          { mailbox: row.name, err: error },
          'keeping the subscription of a mailbox failed',
        ),
      ),
    )
    await Promise.all(round)
  }
}

async function dueMailboxes({
  context,
  publicUrl,
}: PushParts): Promise<{ row: MailboxRow; push: PushRow | null }[]> {
  const now = context.clock()
  const rows = await context.db.selectFrom('mailbox').selectAll().execute()
  const pushes = await context.db.selectFrom('mailboxPush').selectAll().execute()
  const byMailbox = new Map(pushes.map((push) => [push.mailboxId, push]))
  return rows
    .map((row) => ({ row, push: byMailbox.get(row.id) ?? null }))
    .filter(({ row, push }) => {
      // What the provider asked to be left alone for holds for subscriptions too.
      if (row.retryAt !== null && row.retryAt > now) return false
      const isDue = push !== null && push.dueAt !== null && push.dueAt <= now
      return push === null || isDue || push.basis !== basisOf(row, publicUrl)
    })
}
