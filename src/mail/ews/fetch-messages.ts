/** Reading messages: heads first, and content only of what is ours (promise 9). */
import { isGone } from '../errors.ts'
import type { AreOurs, FailedItem } from '../mailbox.ts'
import type { Folder, RawMessage } from '../message.ts'
import { chooseOurs, type Fetched, type ListedItem } from '../receive-in-pages.ts'
import { tooLarge } from '../too-large.ts'
import { callInBatches } from './call-in-batches.ts'
import { type MailboxParts, troubleOfMailbox } from './mailbox-parts.ts'
import { type FetchedItem, getItemHeads, getItemMessages } from './operations/get-item.ts'

/** What the head of a message weighs in an answer, with all its headers. */
const headSize = 16 * 1024

/**
 * The items that are ours, judged by heads with recipients and internet headers. What is gone is left out; what could
 * not be judged is named in `failed`, since it may be ours. Throws `MailError` when the mailbox stops answering.
 */
export async function findOurs(
  ids: string[],
  areOurs: AreOurs,
  { client, sizes, log }: MailboxParts,
  signal: AbortSignal,
): Promise<{ ours: ListedItem[]; failed: FailedItem[] }> {
  const options = {
    size: sizes.heads,
    sizeOf: () => headSize,
    repeatable: true,
    troubleOfMailbox: () => troubleOfMailbox(client, signal),
  }
  const heads = await callInBatches(ids, options, (batch) => client.call(getItemHeads(batch), signal))
  if (heads.stoppedBy !== null) throw heads.stoppedBy
  const read: ListedItem[] = []
  const failed: FailedItem[] = []
  heads.outcomes.forEach(({ value, error }, index) => {
    const providerId = ids[index] ?? ''
    if (error === null) read.push(value)
    else if (isGone(error)) log.debug({ providerId }, 'a message left the folder before it was looked at')
    else failed.push({ providerId, error })
  })
  return { ours: await chooseOurs(read, areOurs), failed }
}

/**
 * Fetches messages that are ours. `folderOf` says which folder has this id; what is gone by now is left out: somebody
 * moved it.
 */
export async function fetchMessages(
  items: ListedItem[],
  folderOf: (folderId: string) => Folder,
  { client, sizes, maxMessageBytes, log }: MailboxParts,
  signal: AbortSignal,
): Promise<Fetched> {
  const messages: RawMessage[] = []
  const failed: FailedItem[] = items
    .filter(({ size }) => size > maxMessageBytes)
    .map((item) => tooLarge(item, maxMessageBytes))
  const wanted = items.filter(({ size }) => size <= maxMessageBytes)

  const options = {
    size: sizes.contents,
    sizeOf: ({ size }: ListedItem) => size,
    repeatable: true,
    troubleOfMailbox: () => troubleOfMailbox(client, signal),
  }
  const { outcomes, stoppedBy } = await callInBatches(wanted, options, (batch) =>
    client.call(getItemMessages(batch.map(({ id }) => id)), signal),
  )
  outcomes.forEach(({ value, error }, index) => {
    const providerId = wanted[index]?.id ?? ''
    if (error === null) messages.push(rawMessage(providerId, value, folderOf(value.parentFolderId)))
    else if (isGone(error)) log.debug({ providerId }, 'a message left the folder before it was fetched')
    else failed.push({ providerId, error })
  })
  return { messages, failed, stoppedBy }
}

function rawMessage(providerId: string, item: FetchedItem, folder: Folder): RawMessage {
  const { receivedAt, raw, transportHeaders, itemClass } = item
  return { providerId, folder, receivedAt, raw, originalOctets: false, transportHeaders, itemClass }
}
