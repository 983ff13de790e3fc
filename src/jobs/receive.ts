import { areOurs } from '../inbound/are-ours.ts'
import { keepOurs } from '../inbound/keep-ours.ts'
import { type ReadAs, storeMessages } from '../inbound/store-messages.ts'
import { reached } from '../lib/milestones.ts'
import { isAboutOneMessage, MailError } from '../mail/errors.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { endTrouble, mayBeCalled, noteTrouble } from '../mailboxes/note-trouble.ts'
import type { MailboxRow, OpenMailboxes } from '../mailboxes/open-mailboxes.ts'
import type { Context } from '../store/context.ts'
import { asideFolders, readingAgain } from './reading-again.ts'
import { settle } from './settle.ts'

/** What is fetched and stored at a time: bounds what is held in memory and lost by a crash. */
const LIMIT = { messages: 400, bytes: 32 * 1024 * 1024 }

/**
 * Fetches what is new in a mailbox, then what could not be fetched before. At most one runs per mailbox (the queue sees
 * to it), for two would fetch the same mail twice.
 */
export async function receive(
  context: Context,
  mailboxes: OpenMailboxes,
  mailboxId: string,
  signal: AbortSignal,
): Promise<void> {
  const row = await mailboxes.load(mailboxId)
  if (!mayBeCalled(context, row, 'receive')) return
  try {
    const mailbox = await mailboxes.open(row)
    await receiveNew(context, { row, mailbox }, signal)
    await retryFailed(context, mailboxes, mailboxId, signal)
    await endTrouble(context, row, 'receive')
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    // It was us who ended the call: nothing is wrong with the mailbox.
    if (signal.aborted) return
    await noteTrouble(context, row, error, 'receive')
  }
}

interface Open {
  row: MailboxRow
  mailbox: Mailbox
}

/** Store → put aside → again, until there is no more. */
async function receiveNew(context: Context, { row, mailbox }: Open, signal: AbortSignal): Promise<void> {
  let cursor = row.cursor
  const again = readingAgain(context, row)
  /** Fetched and not ours to keep. Looked at once: else a page full of them would be fetched without end. */
  const leftAlone = new Set<string>()
  for (let more = true; more && !signal.aborted; ) {
    const begunAt = context.clock()
    const received = await mailbox.receive({
      cursor,
      startFrom: row.readFrom ?? row.startFrom,
      alsoIn: again?.alsoIn ?? [],
      areOurs: async (heads) => {
        await again?.lookAt(heads)
        return areOurs(context, row.id, heads)
      },
      isKnown: async (ids) => new Set([...leftAlone, ...(await knownProviderIds(context, row.id, ids))]),
      limit: LIMIT,
      signal,
    })
    reached('messages-fetched', {
      mailboxId: row.id,
      messages: received.messages.length,
      failed: received.failed.length,
    })
    // Only the page where the cursor stands is asked for again.
    if (received.cursor !== cursor) leftAlone.clear()
    const messages = await keepOurs(context, row, received.messages)
    for (const message of received.messages) {
      if (!messages.includes(message)) leftAlone.add(message.providerId)
    }
    if (messages.length > 0 || received.failed.length > 0 || received.cursor !== cursor) {
      await storeMessages(context, {
        mailboxId: row.id,
        messages,
        failed: received.failed,
        cursor: {
          before: cursor,
          after: received.cursor,
          readAs: readAs(row),
          endedAt: received.more ? null : begunAt,
        },
      })
    }
    await again?.keep(!received.more, signal)
    await settle(context, { row, mailbox }, signal)
    cursor = received.cursor
    more = received.more
  }
}

/**
 * One by one, and after all that is new: a message that cannot be fetched, or is large, holds up nothing but itself.
 */
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
    .limit(LIMIT.messages)
    .execute()
  if (due.length === 0) return
  // By the settings of now: one that kept a message out may have been changed, and the message run again, meanwhile.
  const row = await mailboxes.load(mailboxId)
  const mailbox = await mailboxes.open(row)
  for (const { providerId } of due) {
    if (signal.aborted) return
    const { messages, failed } = await fetchAgain(context, { row, mailbox }, providerId, signal)
    await storeMessages(context, {
      mailboxId,
      messages: await keepOurs(context, row, messages),
      failed,
      cursor: null,
      retried: { ids: [providerId], readAs: readAs(row) },
    })
  }
}

function readAs({ settings: { user, type }, readFrom }: MailboxRow): ReadAs {
  return { user, type, readFrom }
}

/** Throws `MailError` for a failure of the whole mailbox; one of the message is in `failed`. */
async function fetchAgain(
  context: Context,
  { row, mailbox }: Open,
  providerId: string,
  signal: AbortSignal,
): ReturnType<Mailbox['fetch']> {
  try {
    return await mailbox.fetch({
      providerIds: [providerId],
      alsoIn: row.reattachment === null ? [] : asideFolders(row),
      areOurs: (heads) => areOurs(context, row.id, heads),
      signal,
    })
  } catch (error) {
    if (!(error instanceof MailError && isAboutOneMessage(error))) throw error
    return { messages: [], failed: [{ providerId, error }] }
  }
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
