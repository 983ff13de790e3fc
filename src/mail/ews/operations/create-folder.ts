/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/createfolder-operation */
import { folderId, inbox } from '../ids.ts'
import type { Operation } from '../operation.ts'
import { only } from '../response-message.ts'
import { xml } from '../xml.ts'
import { child } from '../xml-element.ts'

/** Creates a mail folder directly under Inbox and returns its id. Throws `ErrorFolderExists` when there is one. */
export function createFolder(displayName: string): Operation<string> {
  return {
    name: 'CreateFolder',
    body: xml`<m:CreateFolder><m:ParentFolderId>${folderId(inbox)}</m:ParentFolderId><m:Folders><t:Folder><t:FolderClass>IPF.Note</t:FolderClass><t:DisplayName>${displayName}</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>`,
    count: 1,
    read: (messages) =>
      only(messages, (message) => {
        const folder = child(message, 'Folders')?.children[0]
        return child(folder, 'FolderId')?.attributes.Id ?? null
      }),
  }
}
