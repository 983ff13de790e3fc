import type { Operation } from './operation.ts'
import { convertId } from './operations/convert-id.ts'
import { copyItem } from './operations/copy-item.ts'
import { createFolder } from './operations/create-folder.ts'
import { createItem } from './operations/create-item.ts'
import { deleteItem } from './operations/delete-item.ts'
import { findFolder } from './operations/find-folder.ts'
import { findItem } from './operations/find-item.ts'
import { getAttachment } from './operations/get-attachment.ts'
import { getEvents } from './operations/get-events.ts'
import { getFolder } from './operations/get-folder.ts'
import { getItem } from './operations/get-item.ts'
import { moveItem } from './operations/move-item.ts'
import { resolveNames } from './operations/resolve-names.ts'
import { sendItem } from './operations/send-item.ts'
import { subscribe } from './operations/subscribe.ts'
import { syncFolderHierarchy } from './operations/sync-folder-hierarchy.ts'
import { syncFolderItems } from './operations/sync-folder-items.ts'
import { unsubscribe } from './operations/unsubscribe.ts'
import { updateItem } from './operations/update-item.ts'

/** By the name of the element in the SOAP body. */
export const operations: Record<string, Operation> = {
  ConvertId: convertId,
  CopyItem: copyItem,
  CreateFolder: createFolder,
  CreateItem: createItem,
  DeleteItem: deleteItem,
  FindFolder: findFolder,
  FindItem: findItem,
  GetAttachment: getAttachment,
  GetEvents: getEvents,
  GetFolder: getFolder,
  GetItem: getItem,
  MoveItem: moveItem,
  ResolveNames: resolveNames,
  SendItem: sendItem,
  Subscribe: subscribe,
  SyncFolderHierarchy: syncFolderHierarchy,
  SyncFolderItems: syncFolderItems,
  Unsubscribe: unsubscribe,
  UpdateItem: updateItem,
}

/** Not among the others, because its answer keeps the connection: see `streamEvents`. */
export const STREAM = 'GetStreamingEvents'

/** What the simulator offers: the names that calls are counted by and faults are laid for. */
export const operationNames = [...Object.keys(operations), STREAM]
