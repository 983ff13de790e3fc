/** Reading messages of an open folder: heads first, and content only of what is ours (promise 9). */
import type { FetchMessageObject, FetchQueryObject } from 'imapflow'
import { MailError } from '../errors.ts'
import type { AreOurs, FailedItem } from '../mailbox.ts'
import type { Folder, RawMessage } from '../message.ts'
import { UnreadableMessage } from '../parse-message.ts'
import type { Fetched } from '../receive-in-pages.ts'
import { tooLarge } from '../too-large.ts'
import type { OpenFolder } from './imap-session.ts'
import { headQuery, type ListedMessage, readListedMessage } from './message-head.ts'
import { narrowDown } from './narrow-down.ts'
import { writeProviderId } from './provider-id.ts'

/** The provider id of a message in this folder. */
export function idIn({ mailbox: { path, uidValidity } }: OpenFolder, uid: number): string {
  return writeProviderId({ path, uidValidity, uid })
}

/**
 * Which of these messages are ours, by their heads. What is gone is left out; what could not be judged is named in
 * `failed`, since it may be ours. Throws `MailError` when the mailbox stops answering.
 */
export async function findOurs(
  folder: OpenFolder,
  uids: number[],
  areOurs: AreOurs,
): Promise<{ ours: ListedMessage[]; failed: FailedItem[] }> {
  const listed = new Map<number, ListedMessage>()
  const failed: FailedItem[] = []
  const refused = await fetchEach(folder, uids, headQuery, 'headers', async (message) => {
    try {
      listed.set(message.uid, await readListedMessage(message))
    } catch (error) {
      if (!(error instanceof UnreadableMessage)) throw error
      failed.push({ providerId: idIn(folder, message.uid), error: damaged(error) })
    }
  })
  failed.push(...namedIn(folder, refused))
  const read = uids.flatMap((uid) => listed.get(uid) ?? [])
  const ours = read.length === 0 ? [] : await areOurs(read.map(({ head }) => head))
  return { ours: read.filter((_, index) => ours[index]), failed }
}

/**
 * Fetches messages that are ours. What is gone by now is left out: somebody moved it; what is larger than `largest` bytes
 * is named as failed.
 */
export async function fetchMessages(
  open: OpenFolder,
  items: ListedMessage[],
  { folder, largest }: { folder: Folder; largest: number },
): Promise<Fetched> {
  const refuse = (item: ListedMessage, size: number) =>
    tooLarge({ id: idIn(open, item.uid), size, head: item.head }, largest)
  const byUid = new Map(items.map((item) => [item.uid, item]))
  const wanted = items.filter(({ size }) => size <= largest)
  const messages: RawMessage[] = []
  const failed = items.filter(({ size }) => size > largest).map((item) => refuse(item, item.size))
  // An octet more than is taken: the size that was told may be an estimate.
  const query = { uid: true, source: { start: 0, maxLength: largest + 1 } }
  try {
    const uids = wanted.map(({ uid }) => uid)
    const refused = await fetchEach(open, uids, query, 'source', async ({ uid, source }) => {
      const item = byUid.get(uid)
      if (item === undefined || source === undefined) return
      if (source.length > largest) failed.push(refuse(item, source.length))
      else messages.push(rawMessage(idIn(open, uid), item, source, folder))
    })
    return { messages, failed: [...failed, ...namedIn(open, refused)], stoppedBy: null }
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    return { messages, failed, stoppedBy: error }
  }
}

/**
 * Hands over what is fetched of each message, once and as it comes. Returns those that the server would not give. It may
 * tell of a message in between that somebody has flagged it (RFC 9051, 7.5.2): that is not what was `wanted`.
 */
async function fetchEach(
  { connection }: OpenFolder,
  uids: number[],
  query: FetchQueryObject,
  wanted: 'headers' | 'source',
  take: (message: FetchMessageObject) => Promise<void>,
): Promise<Map<number, MailError>> {
  const taken = new Set<number>()
  const refused = await narrowDown(uids, async (some) => {
    const missing = some.filter((uid) => !taken.has(uid))
    if (missing.length === 0) return
    const answers = connection.stream((client) => client.fetch(missing.join(','), query, { uid: true }))
    for await (const message of answers) {
      if (message[wanted] === undefined || taken.has(message.uid)) continue
      taken.add(message.uid)
      await take(message)
    }
  })
  return new Map([...refused].filter(([uid]) => !taken.has(uid)))
}

function rawMessage(providerId: string, item: ListedMessage, raw: Uint8Array, folder: Folder): RawMessage {
  const { receivedAt, head } = item
  return {
    providerId,
    folder,
    receivedAt,
    raw,
    originalOctets: true,
    transportHeaders: null,
    itemClass: head.itemClass,
  }
}

function namedIn(folder: OpenFolder, refused: Map<number, MailError>): FailedItem[] {
  return [...refused].map(([uid, error]) => ({ providerId: idIn(folder, uid), error }))
}

function damaged(cause: Error): MailError {
  return new MailError('The headers of a message cannot be read', {
    kind: 'refused',
    retry: 'never',
    providerCode: 'unreadable-head',
    messageKey: 'receive.damaged',
    cause,
  })
}
