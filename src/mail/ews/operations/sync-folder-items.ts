/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/syncfolderitems-operation */
import type { FolderPage, ListedItem } from '../../receive-in-pages.ts'
import { additionalProperties, type FolderRef, folderId } from '../ids.ts'
import { readListedItem } from '../listed-item.ts'
import type { Operation } from '../operation.ts'
import { only } from '../response-message.ts'
import { xml } from '../xml.ts'
import { child, children, textAt, type XmlElement } from '../xml-element.ts'

const properties = additionalProperties([
  'item:Subject',
  'item:ItemClass',
  'item:Size',
  'item:DateTimeReceived',
  'item:InReplyTo',
  'message:References',
])

/**
 * What came into a folder since a sync state, at most `maxChanges` (1 to 512) at a time; everything in it when the state
 * is null. The items are without their recipients; read flags, edits and departures are of no interest. Nothing is marked
 * read.
 */
export function syncFolderItems(
  folder: FolderRef,
  syncState: string | null,
  maxChanges: number,
): Operation<FolderPage<ListedItem>> {
  const state = syncState === null ? '' : xml`<m:SyncState>${syncState}</m:SyncState>`
  return {
    name: 'SyncFolderItems',
    body: xml`<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>${properties}</m:ItemShape><m:SyncFolderId>${folderId(folder)}</m:SyncFolderId>${state}<m:MaxChangesReturned>${maxChanges}</m:MaxChangesReturned><m:SyncScope>NormalItems</m:SyncScope></m:SyncFolderItems>`,
    count: 1,
    read: (messages) => only(messages, readPage),
  }
}

function readPage(message: XmlElement): FolderPage<ListedItem> | null {
  const state = textAt(message, 'SyncState')
  if (state === '') return null
  return {
    items: children(child(message, 'Changes'), 'Create').flatMap((create) =>
      create.children.flatMap((item) => readListedItem(item) ?? []),
    ),
    state,
    last: textAt(message, 'IncludesLastItemInRange') !== 'false',
  }
}
