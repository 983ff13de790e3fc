import type { Folder } from '../mail/folder.ts'
import { childFolders, type Mailbox } from '../mail/mailbox.ts'
import { toRestId } from './ids.ts'
import { readSelect } from './odata/query-options.ts'

/** The properties of a folder: https://learn.microsoft.com/graph/api/resources/mailfolder#properties */
const properties: Record<string, (mailbox: Mailbox, folder: Folder) => unknown> = {
  displayName: (_, folder) => folder.displayName,
  parentFolderId: (_, folder) => toRestId((folder.parent ?? folder).id),
  childFolderCount: (mailbox, folder) => childFolders(mailbox, folder).length,
  unreadItemCount: (_, folder) => [...folder.items.values()].filter(({ isRead }) => !isRead).length,
  totalItemCount: (_, folder) => folder.items.size,
  isHidden: () => false,
}

/** The wanted properties of folders, or `null` for all. */
export function readFolderSelect(text: string | undefined): string[] | null {
  return readSelect(text, (name) => name === 'id' || Object.hasOwn(properties, name), 'mailFolder')
}

export function writeFolder(mailbox: Mailbox, folder: Folder, select: string[] | null): object {
  const written: Record<string, unknown> = { id: toRestId(folder.id) }
  for (const [name, read] of Object.entries(properties)) {
    if (select?.includes(name) ?? true) written[name] = read(mailbox, folder)
  }
  return written
}
