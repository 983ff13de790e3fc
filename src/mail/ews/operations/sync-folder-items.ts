/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/syncfolderitems-operation */
import { additionalProperties, type FolderRef, folderId } from '../ids.ts'
import { type ListedItem, readListedItem } from '../listed-item.ts'
import type { Operation } from '../operation.ts'
import { only } from '../response-message.ts'
import { xml } from '../xml.ts'
import { child, children, textAt, type XmlElement } from '../xml-element.ts'

export interface SyncPage {
  syncState: string
  /** Whether the folder holds no more changes. */
  last: boolean
  /** Items new in the folder, without their recipients. Read flags, edits and departures are of no interest. */
  created: ListedItem[]
}

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
 * is null. Nothing is marked read.
 */
export function syncFolderItems(
  folder: FolderRef,
  syncState: string | null,
  maxChanges: number,
): Operation<SyncPage> {
  const state = syncState === null ? '' : xml`<m:SyncState>${syncState}</m:SyncState>`
  return {
    name: 'SyncFolderItems',
    body: xml`<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>${properties}</m:ItemShape><m:SyncFolderId>${folderId(folder)}</m:SyncFolderId>${state}<m:MaxChangesReturned>${maxChanges}</m:MaxChangesReturned><m:SyncScope>NormalItems</m:SyncScope></m:SyncFolderItems>`,
    count: 1,
    read: (messages) => only(messages, readPage),
  }
}

function readPage(message: XmlElement): SyncPage | null {
  const syncState = textAt(message, 'SyncState')
  if (syncState === '') return null
  return {
    syncState,
    last: textAt(message, 'IncludesLastItemInRange') !== 'false',
    created: children(child(message, 'Changes'), 'Create').flatMap((create) =>
      create.children.flatMap((item) => readListedItem(item) ?? []),
    ),
  }
}
