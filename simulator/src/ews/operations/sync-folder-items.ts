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
  const position = readSyncState(childText(request, 'm:SyncState') ?? '', folder, caller.mailbox)
  const limit = Number(childText(request, 'm:MaxChangesReturned'))
  const page = folder.log.since(position, caller.mailbox.sequence, limit)
  const ignored = new Set(childrenOf(request, 'm:Ignore').map(({ attributes }) => attributes.Id))
  const isWanted = (change: SyncChange<Item>) => change.kind === 'Delete' || !ignored.has(change.item.id)
  const changes = page.changes.filter(isWanted)
  let written = ''
  for (const change of changes) written += await writeChange(caller.mailbox, change, shape)
  return {
    items: changes.length,
    content:
      textElement('m:SyncState', writeSyncState(caller.mailbox, folder, page.position)) +
      textElement('m:IncludesLastItemInRange', page.complete) +
      element('m:Changes', {}, written),
  }
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

/** Opaque for clients; holds the folder, the mailbox's age and the position, so that any other state is refused. */
function writeSyncState({ syncAge }: Mailbox, folder: Folder, { created, changed }: SyncPosition): string {
  return Buffer.from(JSON.stringify([folder.id, syncAge, created, changed])).toString('base64')
}

function readSyncState(state: string, folder: Folder, mailbox: Mailbox): SyncPosition | null {
  if (state === '') return null
  const [folderId, syncAge, created, changed] = parseState(state)
  const isPosition = (number: unknown): number is number =>
    Number.isInteger(number) && Number(number) >= 0 && Number(number) <= mailbox.sequence
  const isOurs = folderId === folder.id && syncAge === mailbox.syncAge
  if (!isOurs || !isPosition(created) || !isPosition(changed)) {
    throw new EwsError('ErrorInvalidSyncStateData')
  }
  return { created, changed }
}

function parseState(state: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(state, 'base64').toString())
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}
