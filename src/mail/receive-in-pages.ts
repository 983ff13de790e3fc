/**
 * Receiving from a provider that lists what came into a folder page by page, each page with a state to go on from (EWS
 * sync states, Graph delta links).
 */
import { MailError } from './errors.ts'
import { readCursor, writeCursor } from './folder-cursor.ts'
import type { AreOurs, FailedItem, MessageHead, Received, ReceiveRequest } from './mailbox.ts'
import type { ArrivalFolder, Folder, RawMessage } from './message.ts'

/** An item as far as it is looked at before it is known to be ours. */
export interface ListedItem {
  id: string
  /** In bytes, as the store counts them. */
  size: number
  /** An invalid date when the provider does not tell. */
  receivedAt: Date
  head: MessageHead
}

export interface FolderPage<Item> {
  items: Item[]
  /** Where the next page begins. */
  state: string
  /** Whether there is nothing more at the moment. */
  last: boolean
}

export interface Fetched {
  messages: RawMessage[]
  failed: FailedItem[]
  /** Why the rest was not tried; null when everything was. */
  stoppedBy: MailError | null
}

/** What an adapter brings to it. All throw `MailError` when the mailbox does not answer. */
export interface PagedFolders<Item extends ListedItem> {
  /** Those that are watched; what was put aside is looked into when it is asked for. */
  folders: ArrivalFolder[]
  /** The next page of a folder; a state of null is its beginning. */
  page(folder: Folder, state: string | null, signal: AbortSignal): Promise<FolderPage<Item>>
  /**
   * Those that are ours of items whose heads on the page did not show it. What could not be judged is named in `failed`,
   * since it may be ours.
   */
  lookCloser(
    items: Item[],
    areOurs: AreOurs,
    signal: AbortSignal,
  ): Promise<{ ours: Item[]; failed: FailedItem[] }>
  fetch(items: Item[], folder: Folder, signal: AbortSignal): Promise<Fetched>
}

/** Pages that one call goes through, so that attaching a mailbox full of old mail stays bounded work. */
const pagesPerCall = 8

/**
 * New messages of ours in the folders. A page's state enters the cursor once all of the page is returned or named as
 * failed; before that the page is asked for again, and what is stored already is skipped by `isKnown`. So nothing is lost
 * and nothing is held in memory between calls. Throws `MailError` only when there is nothing to return.
 */
export async function receiveInPages<Item extends ListedItem>(
  request: ReceiveRequest,
  mailbox: PagedFolders<Item>,
): Promise<Received> {
  const cursor = readCursor(request.cursor)
  const received: Received = { messages: [], failed: [], cursor: '', more: false }
  const finish = (more: boolean): Received => ({ ...received, cursor: writeCursor(cursor), more })
  const seen = new Set<string>()
  let pages = 0

  try {
    for (const folder of [...mailbox.folders, ...(request.alsoIn ?? [])]) {
      for (let last = false; !last; ) {
        const count = received.messages.length + received.failed.length
        if (count >= request.limit.messages || pages === pagesPerCall) return finish(true)
        pages += 1

        const page = await mailbox.page(folder, cursor[folder] ?? null, request.signal)
        // An item may be listed more than once.
        const items = page.items.filter(({ id }) => !seen.has(id) && seen.add(id))
        const { ours, failed } = await oursOn(items, request, mailbox)
        received.failed.push(...withTimes(failed, items))
        const fitting = whatFits(ours, received, request.limit)
        const fetched = await mailbox.fetch(fitting, folder, request.signal)
        received.messages.push(...fetched.messages)
        if (fetched.stoppedBy !== null) throw fetched.stoppedBy
        received.failed.push(...withTimes(fetched.failed, items))
        if (fitting.length < ours.length) return finish(true)

        cursor[folder] = page.state
        last = page.last
      }
    }
    return finish(false)
  } catch (error) {
    // What was fetched is handed over; the next call meets the failure again if it lasts.
    if (error instanceof MailError && received.messages.length > 0) return finish(true)
    throw error
  }
}

/** With the time at which each was received, as far as the page told. */
function withTimes(failed: FailedItem[], items: ListedItem[]): FailedItem[] {
  const times = new Map(items.map(({ id, receivedAt }) => [id, receivedAt]))
  return failed.map((item) => {
    const receivedAt = times.get(item.providerId)
    return receivedAt && !Number.isNaN(receivedAt.getTime()) ? { ...item, receivedAt } : item
  })
}

/** The first items for which there is still room; when nothing was received yet, there is room for one. */
export function whatFits<Item extends { size: number }>(
  items: Item[],
  { messages, failed }: Received,
  limit: ReceiveRequest['limit'],
): Item[] {
  let count = messages.length + failed.length
  let bytes = messages.reduce((sum, { raw }) => sum + raw.byteLength, 0)
  const end = items.findIndex(({ size }) => {
    count += 1
    bytes += size
    return count > 1 && (count > limit.messages || bytes > limit.bytes)
  })
  return end === -1 ? items : items.slice(0, end)
}

/** Which items of a page are new, recent and ours. Most replies show it on the page; the others are looked at closer. */
async function oursOn<Item extends ListedItem>(
  items: Item[],
  request: ReceiveRequest,
  mailbox: PagedFolders<Item>,
): Promise<{ ours: Item[]; failed: FailedItem[] }> {
  const recent = items.filter(({ receivedAt }) => !(receivedAt < request.startFrom))
  if (recent.length === 0) return { ours: [], failed: [] }
  const known = await request.isKnown(recent.map(({ id }) => id))
  const fresh = recent.filter(({ id }) => !known.has(id))
  const certain = await chooseOurs(fresh, request.areOurs)
  const open = fresh.filter((item) => !certain.includes(item))
  const { ours, failed } = await mailbox.lookCloser(open, request.areOurs, request.signal)
  return { ours: [...certain, ...ours], failed }
}

/** Those of the items whose heads are ours. */
export async function chooseOurs<Item extends ListedItem>(items: Item[], areOurs: AreOurs): Promise<Item[]> {
  if (items.length === 0) return []
  const ours = await areOurs(items.map(({ head }) => head))
  return items.filter((_, index) => ours[index])
}
