import type { SyncChange, SyncPosition } from '../../mail/change-log.ts'
import type { Folder, Item } from '../../mail/folder.ts'
import { changeKeyOf } from '../../mail/ids.ts'
import type { Mailbox } from '../../mail/mailbox.ts'
import type { Caller } from '../caller.ts'
import { EwsError } from '../ews-error.ts'
import { findTargetFolder } from '../find-by-id.ts'
import { writeItemId } from '../item-properties.ts'
import { type ItemShape, readItemShape, writeItem } from '../item-shape.ts'
import { answerOne, type Content, type Operation } from '../operation.ts'
import { readSyncState, writeSyncState } from '../sync-state.ts'
import { element, textElement } from '../write-xml.ts'
import { childNamed, childrenOf, childText, type XmlElement } from '../xml-element.ts'

/** What happened in a folder since a state: https://learn.microsoft.com/exchange/client-developer/web-service-reference/syncfolderitems-operation */
export const syncFolderItems: Operation = {
  errorTail: '<m:SyncState/><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>',
  run: async (request, caller) => [await answerOne(() => listChanges(request, caller))],
}

async function listChanges(request: XmlElement, caller: Caller): Promise<Content> {
  const shape = readItemShape(request, 'view')
  const folder = findTargetFolder(caller, childNamed(request, 'm:SyncFolderId'), 'ErrorSyncFolderNotFound')
  const position = readPosition(childText(request, 'm:SyncState') ?? '', folder, caller.mailbox)
  const limit = Number(childText(request, 'm:MaxChangesReturned'))
  const page = folder.log.since(position, caller.mailbox.sequence, limit)
  const { created, changed } = page.position
  const ignored = new Set(childrenOf(request, 'm:Ignore').map(({ attributes }) => attributes.Id))
  const isWanted = (change: SyncChange<Item>) => change.kind === 'Delete' || !ignored.has(change.item.id)
  const changes = page.changes.filter(isWanted)
  let written = ''
  for (const change of changes) written += await writeChange(caller.mailbox, change, shape)
  return {
    items: changes.length,
    content:
      textElement('m:SyncState', writeSyncState(folder.id, caller.mailbox, [created, changed])) +
      textElement('m:IncludesLastItemInRange', page.complete) +
      element('m:Changes', {}, written),
  }
}

function readPosition(state: string, folder: Folder, mailbox: Mailbox): SyncPosition | null {
  const sequences = readSyncState(state, folder.id, mailbox)
  if (!sequences) return null
  const [created, changed] = sequences
  if (created === undefined || changed === undefined) throw new EwsError('ErrorInvalidSyncStateData')
  return { created, changed }
}

async function writeChange(mailbox: Mailbox, change: SyncChange<Item>, shape: ItemShape): Promise<string> {
  if (change.kind === 'Delete') {
    return element('t:Delete', {}, element('t:ItemId', { Id: change.itemId, ChangeKey: changeKeyOf(0) }))
  }
  if (change.kind === 'ReadFlagChange') {
    return element(
      't:ReadFlagChange',
      {},
      writeItemId(change.item) + textElement('t:IsRead', change.item.isRead),
    )
  }
  return element(`t:${change.kind}`, {}, await writeItem(mailbox, change.item, shape))
}
