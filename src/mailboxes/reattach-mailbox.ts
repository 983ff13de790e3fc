import { after } from '../lib/clock.ts'
import { askWhetherSent } from '../outbound/ask-whether-sent.ts'
import type { Context } from '../store/context.ts'
import type { Reattachment } from '../store/schema.ts'
import { lockMailbox } from './find-mailbox.ts'
import { noteChange } from './note-change.ts'
import { runningAgain } from './running-again.ts'

/** What came in shortly before the mailbox was last read to its end may have been seen half: a day costs little. */
const OVERLAP_MS = 24 * 60 * 60_000

/**
 * Takes a mailbox up again whose database was restored, as the original: it is read from `since` on (by default, a day
 * before the backup was last read, or where a reading that had not come to its end began), where mail arrives and among
 * what was put aside; what is known is skipped, and what is not is decided, once all is read: see `readingAgain`. Mails
 * that waited in the backup may have gone out since: the mailbox is asked before they go out. Works on any mailbox, for
 * not every restore is found out by itself. `by` is an administrator, null for the operator. Throws `mailbox-not-found`.
 */
export async function reattachMailbox(
  context: Context,
  name: string,
  options: { since: Date | null; by?: string | null },
): Promise<{ since: Date; mailsAsked: number }> {
  const now = context.clock()
  return context.db.transaction().execute(async (tx) => {
    const row = await lockMailbox(tx, name)
    const { startFrom, readFrom } = row
    const backup = row.lastReceivedAt === null ? startFrom : after(row.lastReceivedAt, -OVERLAP_MS)
    // An earlier reading that did not come to its end had its reason to begin where it did.
    const earliest = Math.min(
      ...[options.since ?? backup, readFrom ?? []].flat().map((time) => time.getTime()),
    )
    const since = new Date(Math.max(startFrom.getTime(), earliest))
    const reattachment: Reattachment = {
      at: now.toISOString(),
      since: since.toISOString(),
      endedAt: null,
      unknownTokens: [],
    }
    await tx
      .updateTable('mailbox')
      .set({
        ...runningAgain(row),
        cursor: null,
        readFrom: since,
        reattachment: JSON.stringify(reattachment),
      })
      .where('id', '=', row.id)
      .execute()
    await noteChange(tx, { mailboxId: row.id, at: now, actorId: options.by ?? null, kind: 'reattached' })
    const mailsAsked = await askWhetherSent(tx, context, row)
    await context.enqueue(tx, { name: 'receive', payload: { mailboxId: row.id } })
    context.log.warn({ mailbox: name, since, mailsAsked }, 'a mailbox is read again after a restore')
    return { since, mailsAsked }
  })
}
