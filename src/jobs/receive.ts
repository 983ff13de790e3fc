import { isOursToKeep } from '../inbound/is-ours-to-keep.ts'
import { storeMessages } from '../inbound/store-messages.ts'
import { isOurs } from '../lib/reply-token.ts'
import { MailError } from '../mail/errors.ts'
import type { OpenMailboxes } from '../mailboxes/open-mailboxes.ts'
import { pauseMailbox, resumeMailbox } from '../mailboxes/pause-mailbox.ts'
import type { Context } from '../store/context.ts'
import { settle } from './settle.ts'

/** Messages fetched and stored at a time: bounds what is held in memory and lost by a crash. */
const BATCH = 200

/**
 * Fetches what is new in a mailbox: store → put aside → again, until there is no more. At most one runs per mailbox
 * (the queue sees to it), for two would fetch the same mail twice.
 */
export async function receive(
  context: Context,
  mailboxes: OpenMailboxes,
  mailboxId: string,
  signal: AbortSignal,
): Promise<void> {
  const { row, mailbox } = await mailboxes.open(mailboxId)
  if (row.state === 'disabled') return
  const isKnown = (ids: string[]) => knownProviderIds(context, mailboxId, ids)
  try {
    await retryFailed(context, mailboxes, mailboxId, signal)
    let cursor = row.cursor
    for (let more = true; more && !signal.aborted; ) {
      const received = await mailbox.receive({
        cursor,
        startFrom: row.startFrom,
        isOurs,
        isKnown,
        limit: BATCH,
        signal,
      })
      const messages = received.messages.filter(isOursToKeep)
      if (messages.length > 0 || received.failed.length > 0 || received.cursor !== cursor) {
        await storeMessages(context, {
          mailboxId,
          messages,
          failed: received.failed,
          cursor: { before: cursor, after: received.cursor },
        })
      }
      await settle(context, mailboxes, mailboxId, signal)
      cursor = received.cursor
      more = received.more
    }
    if (row.state === 'paused') await resumeMailbox(context, mailboxId)
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    await pauseMailbox(context, row, error)
  }
}

async function retryFailed(
  context: Context,
  mailboxes: OpenMailboxes,
  mailboxId: string,
  signal: AbortSignal,
): Promise<void> {
  const due = await context.db
    .selectFrom('failedFetch')
    .select('providerId')
    .where('mailboxId', '=', mailboxId)
    .where('nextAttemptAt', '<=', context.clock())
    .orderBy('nextAttemptAt')
    .limit(BATCH)
    .execute()
  if (due.length === 0) return
  const retried = due.map(({ providerId }) => providerId)
  const { mailbox } = await mailboxes.open(mailboxId)
  const fetched = await mailbox.fetch({ providerIds: retried, isOurs, signal })
  const messages = fetched.messages.filter(isOursToKeep)
  await storeMessages(context, { mailboxId, ...fetched, messages, cursor: null, retried })
}

/** What is stored, and what is noted to be fetched again apart from the cursor. */
async function knownProviderIds(context: Context, mailboxId: string, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await context.db
    .selectFrom('inboundMessage')
    .select('providerId')
    .where('mailboxId', '=', mailboxId)
    .where('providerId', 'in', ids)
    .unionAll(
      context.db
        .selectFrom('failedFetch')
        .select('providerId')
        .where('mailboxId', '=', mailboxId)
        .where('providerId', 'in', ids),
    )
    .execute()
  return new Set(rows.map(({ providerId }) => providerId))
}
