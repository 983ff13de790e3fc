import { MailError } from '../errors.ts'
import type { ReceiveRequest } from '../mailbox.ts'
import type { FolderPage, ListedItem } from '../receive-in-pages.ts'
import { blameFor } from './blame.ts'
import type { FolderRef } from './ids.ts'
import type { MailboxParts } from './mailbox-parts.ts'
import { syncFolderItems } from './operations/sync-folder-items.ts'

/**
 * The next changes of a folder. A sync state that Exchange no longer takes is given up, and the folder read anew; a page
 * that was too much is asked for in smaller ones.
 */
export async function nextPage(
  folder: FolderRef,
  syncState: string | null,
  { limit, signal }: Pick<ReceiveRequest, 'limit' | 'signal'>,
  { client, sizes, log }: MailboxParts,
): Promise<FolderPage<ListedItem>> {
  for (let state = syncState; ; ) {
    // A page with more than may be returned would have to be asked for again.
    const count = Math.min(sizes.changes.current(), limit.messages)
    try {
      const page = await client.call(syncFolderItems(folder, state, count), signal)
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
