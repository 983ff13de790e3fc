/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/findfolder-operation */
import { folderId, inbox } from '../ids.ts'
import type { Operation } from '../operation.ts'
import { only } from '../response-message.ts'
import { xml } from '../xml.ts'
import { child } from '../xml-element.ts'

/** The id of the folder of that name directly under Inbox; null when there is none. */
export function findFolder(displayName: string): Operation<string | null> {
  return {
    name: 'FindFolder',
    body: xml`<m:FindFolder Traversal="Shallow"><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:IndexedPageFolderView MaxEntriesReturned="1" Offset="0" BasePoint="Beginning"/><m:Restriction><t:IsEqualTo><t:FieldURI FieldURI="folder:DisplayName"/><t:FieldURIOrConstant><t:Constant Value="${displayName}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction><m:ParentFolderIds>${folderId(inbox)}</m:ParentFolderIds></m:FindFolder>`,
    count: 1,
    read: (messages) =>
      only(messages, (message) => {
        const folder = child(message, 'RootFolder', 'Folders')?.children[0]
        return { id: child(folder, 'FolderId')?.attributes.Id ?? null }
      }).id,
  }
}
