/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/finditem-operation */

import type { Outcome } from '../../outcome.ts'
import { additionalProperties, type FolderRef, folderId } from '../ids.ts'
import type { Operation } from '../operation.ts'
import { outcomes } from '../response-message.ts'
import { xml } from '../xml.ts'
import { child, textAt } from '../xml-element.ts'

/** Whether each of the folders holds a message with this Message-ID. One outcome per folder, in order. */
export function findItem(messageId: string, folders: FolderRef[]): Operation<Outcome<{ found: boolean }>[]> {
  return {
    name: 'FindItem',
    body: xml`<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>${additionalProperties(['message:InternetMessageId'])}</m:ItemShape><m:IndexedPageItemView MaxEntriesReturned="1" Offset="0" BasePoint="Beginning"/><m:Restriction><t:IsEqualTo><t:FieldURI FieldURI="message:InternetMessageId"/><t:FieldURIOrConstant><t:Constant Value="${messageId}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction><m:ParentFolderIds>${folders.map(folderId)}</m:ParentFolderIds></m:FindItem>`,
    count: folders.length,
    read: (messages) =>
      outcomes(messages, (message) => {
        const items = child(message, 'RootFolder', 'Items')?.children ?? []
        // Taking another message for ours would lose a mail, so the server's word is checked.
        return { found: items.some((item) => textAt(item, 'InternetMessageId') === messageId) }
      }),
  }
}
