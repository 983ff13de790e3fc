/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/moveitem-operation */

import type { Outcome } from '../../outcome.ts'
import { type FolderRef, folderId, type ItemId, itemIds } from '../ids.ts'
import type { Operation } from '../operation.ts'
import { outcomes } from '../response-message.ts'
import { xml } from '../xml.ts'
import { child } from '../xml-element.ts'

/** Moves items; each gets a new id, which is its outcome. One outcome per id, in order. */
export function moveItem(ids: ItemId[], to: FolderRef): Operation<Outcome<{ newId: string | null }>[]> {
  return {
    name: 'MoveItem',
    body: xml`<m:MoveItem><m:ToFolderId>${folderId(to)}</m:ToFolderId>${itemIds(ids)}<m:ReturnNewItemIds>true</m:ReturnNewItemIds></m:MoveItem>`,
    count: ids.length,
    read: (messages) =>
      outcomes(messages, (message) => {
        const item = child(message, 'Items')?.children[0]
        return { newId: child(item, 'ItemId')?.attributes.Id ?? null }
      }),
  }
}
