/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/getfolder-operation */
import { type FolderRef, folderId } from '../ids.ts'
import type { Operation } from '../operation.ts'
import { only } from '../response-message.ts'
import { xml } from '../xml.ts'
import { child, textAt, type XmlElement } from '../xml-element.ts'

export interface FolderFacts {
  id: string
  /** In the mailbox's language. */
  displayName: string
  totalCount: number
}

/** What a folder is called and how many items it holds. */
export function getFolder(folder: FolderRef): Operation<FolderFacts> {
  return {
    name: 'GetFolder',
    body: xml`<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>${folderId(folder)}</m:FolderIds></m:GetFolder>`,
    count: 1,
    read: (messages) => only(messages, readFacts),
  }
}

function readFacts(message: XmlElement): FolderFacts | null {
  const folder = child(message, 'Folders')?.children[0]
  const id = child(folder, 'FolderId')?.attributes.Id
  if (id === undefined) return null
  return { id, displayName: textAt(folder, 'DisplayName'), totalCount: Number(textAt(folder, 'TotalCount')) }
}
