import type { Folder, Item } from '../mail/folder.ts'
import { immutableHead, isWellFormedId } from '../mail/ids.ts'
import { type Mailbox, wellKnownFolder } from '../mail/mailbox.ts'
import { type WellKnownFolder, wellKnownFolders } from '../mail/well-known-folders.ts'
import { graphErrors } from './graph-error.ts'

/** Graph's spelling of an id: fit for a URL. */
export function toRestId(id: string): string {
  return id.replaceAll('/', '-').replaceAll('+', '_')
}

function fromRestId(id: string): string {
  return id.replaceAll('-', '/').replaceAll('_', '+')
}

export function itemIdOf(item: Pick<Item, 'id' | 'immutableId'>, immutableIds: boolean): string {
  return toRestId(immutableIds ? item.immutableId : item.id)
}

/**
 * The message of an id of either kind: the header Prefer is about answers only.
 * @throws GraphError ErrorInvalidIdMalformed, ErrorItemNotFound
 */
export function findItem(mailbox: Mailbox, restId: string): Item {
  const id = fromRestId(restId)
  const isImmutable = isWellFormedId(id, immutableHead)
  if (!isImmutable && !isWellFormedId(id)) throw graphErrors.malformedId()
  const item = isImmutable ? mailbox.itemsByImmutableId.get(id) : mailbox.items.get(id)
  if (!item) throw graphErrors.itemNotFound()
  return item
}

/**
 * The folder of an id or a well-known name. Ids of folders never change, so that there is one kind only.
 * @throws GraphError ErrorInvalidIdMalformed, ErrorItemNotFound
 */
export function findFolder(mailbox: Mailbox, name: string): Folder {
  const wanted = name.toLowerCase()
  // Graph has no name for the root above all that the owner sees.
  if (wanted !== 'root' && Object.hasOwn(wellKnownFolders, wanted))
    return wellKnownFolder(mailbox, wanted as WellKnownFolder)
  const id = fromRestId(name)
  if (!isWellFormedId(id)) throw graphErrors.malformedId()
  const folder = mailbox.folders.get(id)
  if (!folder) throw graphErrors.itemNotFound()
  return folder
}

/** The message that a path names, which stands in the folder that it names, if any. Throws as `findItem` does. */
export function itemOfPath(mailbox: Mailbox, { message = '', folder }: Record<string, string>): Item {
  const item = findItem(mailbox, message)
  if (folder !== undefined && item.folder !== findFolder(mailbox, folder)) throw graphErrors.itemNotFound()
  return item
}
