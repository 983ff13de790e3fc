import type { Folder } from '../../mail/folder.ts'
import { wellKnownFolder } from '../../mail/mailbox.ts'
import type { Caller } from '../caller.ts'
import { findTargetFolder } from '../find-by-id.ts'
import { readFolderShape, writeFolder } from '../folder-shape.ts'
import { answerOne, type Content, type Operation } from '../operation.ts'
import { readSyncState, writeSyncState } from '../sync-state.ts'
import { element, textElement } from '../write-xml.ts'
import { childNamed, childText, type XmlElement } from '../xml-element.ts'

/**
 * The folders that have come since a state: https://learn.microsoft.com/exchange/client-developer/web-service-reference/syncfolderhierarchy-operation
 * None goes or changes its name here, so that all changes are creations.
 */
export const syncFolderHierarchy: Operation = {
  errorTail: '<m:SyncState/><m:IncludesLastFolderInRange>true</m:IncludesLastFolderInRange>',
  run: async (request, caller) => [await answerOne(() => listChanges(request, caller))],
}

function listChanges(request: XmlElement, caller: Caller): Content {
  const { mailbox } = caller
  const shape = readFolderShape(request)
  const target = childNamed(request, 'm:SyncFolderId')
  const root = target
    ? findTargetFolder(caller, target, 'ErrorSyncFolderNotFound')
    : wellKnownFolder(mailbox, 'msgfolderroot')
  const [known = 0] = readSyncState(childText(request, 'm:SyncState') ?? '', syncKey(root), mailbox) ?? []
  const created = [...mailbox.folders.values()].filter(
    (folder) => folder.createdSequence > known && isBelow(folder, root),
  )
  const changes = created.map((folder) => element('t:Create', {}, writeFolder(mailbox, folder, shape)))
  return {
    items: created.length,
    content:
      textElement('m:SyncState', writeSyncState(syncKey(root), mailbox, [mailbox.sequence])) +
      textElement('m:IncludesLastFolderInRange', true) +
      element('m:Changes', {}, changes.join('')),
  }
}

/** Another one than that of the items in the same folder. */
const syncKey = (root: Folder) => `hierarchy ${root.id}`

function isBelow(folder: Folder, root: Folder): boolean {
  return folder.parent !== null && (folder.parent === root || isBelow(folder.parent, root))
}
