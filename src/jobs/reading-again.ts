import { sql } from 'kysely'
import { findUnknownTokens } from '../inbound/find-unknown-tokens.ts'
import { processInbound } from '../inbound/process.ts'
import type { MessageHead } from '../mail/mailbox.ts'
import type { AsideFolder } from '../mail/message.ts'
import type { MailboxRow } from '../mailboxes/open-mailboxes.ts'
import type { Context } from '../store/context.ts'

/** Bounds what a mailbox full of look-alikes makes us remember. */
const MOST_TOKENS = 1_000
const MOST_AT_ONCE = 1_000

/** What is done beside receiving while a mailbox is read again that is newer than its database. */
export interface ReadingAgain {
  /** Where replies lie that were put aside after the backup. */
  alsoIn: AsideFolder[]
  /** Notes the mails that these heads answer and that the database knows nothing of. */
  lookAt(heads: MessageHead[]): Promise<void>
  /** Keeps what was noted. When all was read, what came is processed first, in the order in which it came in. */
  keep(allRead: boolean, signal: AbortSignal): Promise<void>
}

/** Null when the mailbox is read as usual. */
export function readingAgain(context: Context, row: MailboxRow): ReadingAgain | null {
  const { reattachment } = row
  if (reattachment === null || reattachment.endedAt !== null) return null
  const unknown = new Set(reattachment.unknownTokens)
  return {
    alsoIn: asideFolders(row),
    async lookAt(heads) {
      for (const token of await findUnknownTokens(context, heads)) {
        if (unknown.size < MOST_TOKENS) unknown.add(token)
      }
    },
    async keep(allRead, signal) {
      const ended = allRead && (await processStored(context, row.id, signal))
      const endedAt = ended ? context.clock().toISOString() : null
      await context.db
        .updateTable('mailbox')
        .set({ reattachment: JSON.stringify({ ...reattachment, endedAt, unknownTokens: [...unknown] }) })
        .where('id', '=', row.id)
        // Another one may have been asked for meanwhile.
        .where(sql`reattachment ->> 'at'`, '=', reattachment.at)
        .execute()
      if (ended) {
        context.log.warn(
          { mailbox: row.name, unknownMails: unknown.size },
          'a mailbox was read again to its end',
        )
      }
    },
  }
}

/**
 * Processes all that is stored of the mailbox, oldest first. What was put aside is older than what lies in Inbox, and
 * the folders are read one after the other: whatever was processed at once could decide before the answer that came
 * first. Returns false when it was aborted.
 */
async function processStored(context: Context, mailboxId: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const rows = await context.db
      .selectFrom('inboundMessage')
      .select('id')
      .where('mailboxId', '=', mailboxId)
      .where('state', '=', 'received')
      // Those that failed wait longer.
      .where('nextAttemptAt', '<=', context.clock())
      .orderBy('receivedAt')
      .orderBy('id')
      .limit(MOST_AT_ONCE)
      .execute()
    if (rows.length === 0) return true
    await processInbound(
      context,
      rows.map(({ id }) => id),
      { readAgain: true },
    )
  }
  return false
}

/** The folders into which a mailbox puts aside what it has stored. */
export function asideFolders({ settings }: MailboxRow): AsideFolder[] {
  return settings.settleMode === 'delete' ? ['processed', 'deleted'] : ['processed']
}
