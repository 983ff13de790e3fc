/** Reading messages: heads first, and content only of what is ours (promise 9). */
import type { Log } from '../../lib/log.ts'
import { isAboutOneMessage, isGone, type MailError } from '../errors.ts'
import type { AreOurs, FailedItem } from '../mailbox.ts'
import type { Folder, RawMessage } from '../message.ts'
import { type Outcome, outcomeOf } from '../outcome.ts'
import { chooseOurs, type Fetched } from '../receive-in-pages.ts'
import { tooLarge } from '../too-large.ts'
import { callTogether } from './batch.ts'
import type { GraphClient } from './graph-client.ts'
import { objectOf, textOf } from './json.ts'
import { type ListedMessage, listedProperties, readListedMessage } from './listed-message.ts'
import type { MailboxPaths } from './paths.ts'

export interface FetchParts {
  client: GraphClient
  paths: MailboxPaths
  maxMessageBytes: number
  log: Log
}

/**
 * The messages that are ours, judged by heads asked for one by one; what is gone is left out, what could not be judged is
 * named in `failed`. Throws `MailError` when the mailbox stops answering.
 */
export async function findOurs(
  ids: string[],
  areOurs: AreOurs,
  parts: FetchParts,
  signal: AbortSignal,
): Promise<{ ours: FoundMessage[]; failed: FailedItem[] }> {
  const select = listedProperties.replace('$select=', '$select=parentFolderId,')
  const requests = ids.map((id) => ({ method: 'GET' as const, url: `${parts.paths.message(id)}?${select}` }))
  const outcomes = await callTogether(parts.client, 'heads', requests, signal)
  const items = ids.map((id) => ({ id }))
  const { values, failed, stoppedBy } = sort(items, outcomes, parts.log)
  if (stoppedBy !== null) throw stoppedBy
  const found = values.flatMap(({ value }) => readFound(value))
  return { ours: await chooseOurs(found, areOurs), failed }
}

/** A message found by its id, with the folder it lies in. */
export interface FoundMessage extends ListedMessage {
  folderId: string
}

function readFound(body: unknown): FoundMessage[] {
  const message = objectOf(body)
  const listed = readListedMessage(message)
  return listed === null ? [] : [{ ...listed, folderId: textOf(message.parentFolderId) }]
}

/**
 * The octets of messages that are ours, lying in `folder`. What is gone by now is left out; what is larger than
 * `maxMessageBytes` is not fetched and named as failed.
 */
export async function fetchMessages(
  messages: ListedMessage[],
  folder: Folder,
  parts: FetchParts,
  signal: AbortSignal,
): Promise<Fetched> {
  const small = messages.filter(({ size }) => size < aloneFrom)
  const alone = messages.filter(({ size }) => size >= aloneFrom && size <= parts.maxMessageBytes)
  const tooLargeOnes = messages.filter(({ size }) => size > parts.maxMessageBytes)
  const wanted = [...small, ...alone]
  const outcomes = [
    ...(await fetchTogether(small, parts, signal)),
    ...(await fetchAlone(alone, parts, signal)),
  ]
  const { values, failed, stoppedBy } = sort(wanted, outcomes, parts.log)
  const fetched = values.map(
    ({ item, value }): RawMessage => ({
      providerId: item.id,
      folder,
      receivedAt: item.receivedAt,
      raw: value,
      // Exchange makes the MIME anew from its store, as it does for EWS.
      originalOctets: false,
      transportHeaders: item.transportHeaders,
      itemClass: item.head.itemClass,
    }),
  )
  const failures = [...tooLargeOnes.map((item) => tooLarge(item, parts.maxMessageBytes)), ...failed]
  return { messages: fetched, failed: failures, stoppedBy }
}

/** From here on a message is fetched alone: twenty of this size are as much as an answer may hold. */
const aloneFrom = 1024 * 1024

async function fetchTogether(
  messages: ListedMessage[],
  { client, paths }: FetchParts,
  signal: AbortSignal,
): Promise<Outcome<Uint8Array>[]> {
  const requests = messages.map(({ id }) => ({ method: 'GET' as const, url: `${paths.message(id)}/$value` }))
  const outcomes = await callTogether(client, 'content', requests, signal)
  return outcomes.map((outcome) =>
    outcome.error === null ? { value: Buffer.from(textOf(outcome.value), 'base64'), error: null } : outcome,
  )
}

/** One after another; a failure of the mailbox is that of all that follow. */
async function fetchAlone(
  messages: ListedMessage[],
  { client, paths }: FetchParts,
  signal: AbortSignal,
): Promise<Outcome<Uint8Array>[]> {
  const outcomes: Outcome<Uint8Array>[] = []
  let stoppedBy: MailError | null = null
  for (const { id } of messages) {
    const request = { name: 'content', method: 'GET' as const, url: `${paths.message(id)}/$value` }
    const outcome: Outcome<Uint8Array> = stoppedBy
      ? { value: null, error: stoppedBy }
      : await outcomeOf(client.octets(request, signal))
    outcomes.push(outcome)
    if (outcome.error !== null && !isAboutOneMessage(outcome.error)) stoppedBy = outcome.error
  }
  return outcomes
}

/** What was brought, what failed by itself, and the failure of the mailbox that ended it; what is gone is left out. */
function sort<Item extends { id: string }, Value>(
  items: Item[],
  outcomes: Outcome<Value>[],
  log: Log,
): { values: { item: Item; value: Value }[]; failed: FailedItem[]; stoppedBy: MailError | null } {
  const values: { item: Item; value: Value }[] = []
  const failed: FailedItem[] = []
  let stoppedBy: MailError | null = null
  outcomes.forEach(({ value, error }, index) => {
    const item = items[index] as Item
    if (error === null) values.push({ item, value })
    else if (isGone(error)) log.debug({ providerId: item.id }, 'a message left the folder before it was read')
    else if (isAboutOneMessage(error)) failed.push({ providerId: item.id, error })
    else stoppedBy ??= error
  })
  return { values, failed, stoppedBy }
}
