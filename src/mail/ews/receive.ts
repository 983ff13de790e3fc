import { MailError } from '../errors.ts'
import type { FailedItem, Received, ReceiveRequest } from '../mailbox.ts'
import type { Folder } from '../message.ts'
import { blameFor } from './blame.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { chooseOurs, fetchMessages, findOurs } from './fetch-messages.ts'
import { type FolderRef, inbox, junkEmail } from './ids.ts'
import type { ListedItem } from './listed-item.ts'
import type { MailboxParts } from './mailbox-parts.ts'
import { type SyncPage, syncFolderItems } from './operations/sync-folder-items.ts'

const folderRefs: Record<Folder, FolderRef> = { inbox, junk: junkEmail }

/** Pages of changes that one call goes through, so that attaching a mailbox full of old mail stays bounded work. */
const pagesPerCall = 8

/**
 * New messages of ours in the folders. A page's sync state enters the cursor once all of the page is returned or named
 * as failed; before that the page is asked for again, and what is stored already is skipped by `isKnown`. So nothing is
 * lost and nothing is held in memory between calls. Throws `MailError` only when there is nothing to return.
 */
export async function receive(
  request: ReceiveRequest,
  folders: Folder[],
  parts: MailboxParts,
): Promise<Received> {
  const cursor = readCursor(request.cursor)
  const received: Received = { messages: [], failed: [], cursor: '', more: false }
  const finish = (more: boolean): Received => ({ ...received, cursor: writeCursor(cursor), more })
  let pages = 0

  try {
    for (const folder of folders) {
      for (let last = false; !last; ) {
        const count = received.messages.length + received.failed.length
        if (count >= request.limit.messages || pages === pagesPerCall) return finish(true)
        pages += 1

        const page = await nextPage(folder, cursor[folder], request, parts)
        const { ours, failed } = await oursOn(page, request, parts)
        received.failed.push(...failed)
        const fitting = whatFits(ours, received, request.limit)
        const fetched = await fetchMessages(fitting, folder, parts, request.signal)
        received.messages.push(...fetched.messages)
        if (fetched.stoppedBy !== null) throw fetched.stoppedBy
        received.failed.push(...fetched.failed)
        if (fitting.length < ours.length) return finish(true)

        cursor[folder] = page.syncState
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

/** The first items for which there is still room; when nothing was received yet, there is room for one. */
function whatFits(
  items: ListedItem[],
  { messages, failed }: Received,
  limit: ReceiveRequest['limit'],
): ListedItem[] {
  let count = messages.length + failed.length
  let bytes = messages.reduce((sum, { raw }) => sum + raw.byteLength, 0)
  const end = items.findIndex(({ size }) => {
    count += 1
    bytes += size
    return count > 1 && (count > limit.messages || bytes > limit.bytes)
  })
  return end === -1 ? items : items.slice(0, end)
}

/**
 * The next changes of a folder. A sync state that Exchange no longer takes is given up, and the folder read anew; a page
 * that was too much is asked for in smaller ones.
 */
async function nextPage(
  folder: Folder,
  syncState: string | null,
  { limit, signal }: ReceiveRequest,
  { client, sizes, log }: MailboxParts,
): Promise<SyncPage> {
  for (let state = syncState; ; ) {
    // A page with more than may be returned would have to be asked for again.
    const count = Math.min(sizes.changes.current(), limit.messages)
    try {
      const page = await client.call(syncFolderItems(folderRefs[folder], state, count), signal)
      if (!page.last) sizes.changes.raise(count)
      return page
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      const blame = blameFor(error)
      if (blame === 'size' || blame === 'time') sizes.changes.halve(count)
      if (error.providerCode === 'ErrorInvalidSyncStateData' && state !== null) {
        log.warn({ folder }, 'the sync state is no longer valid; the folder is read from its beginning')
        state = null
      } else if (blame !== 'size' || count === 1) throw error
    }
  }
}

/** Which items of a page are new, recent and ours. Most replies show it on the page; the others are looked at closer. */
async function oursOn(
  page: SyncPage,
  request: ReceiveRequest,
  parts: MailboxParts,
): Promise<{ ours: ListedItem[]; failed: FailedItem[] }> {
  const recent = page.created.filter(({ receivedAt }) => !(receivedAt < request.startFrom))
  if (recent.length === 0) return { ours: [], failed: [] }
  const known = await request.isKnown(recent.map(({ id }) => id))
  const fresh = recent.filter(({ id }) => !known.has(id))
  const certain = await chooseOurs(fresh, request.areOurs)
  const open = fresh.filter((item) => !certain.includes(item)).map(({ id }) => id)
  const { ours, failed } = await findOurs(open, request.areOurs, parts, request.signal)
  return { ours: [...certain, ...ours], failed }
}
