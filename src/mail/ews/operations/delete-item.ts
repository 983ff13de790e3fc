/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/deleteitem-operation */

import type { Outcome } from '../../outcome.ts'
import { type ItemId, itemIds } from '../ids.ts'
import type { Operation } from '../operation.ts'
import { outcomes } from '../response-message.ts'
import { xml } from '../xml.ts'

/** Puts items into Deleted Items, where a person can still find them. One outcome per id, in order. */
export function deleteItem(ids: ItemId[]): Operation<Outcome<true>[]> {
  return {
    name: 'DeleteItem',
    body: xml`<m:DeleteItem DeleteType="MoveToDeletedItems" SuppressReadReceipts="true">${itemIds(ids)}</m:DeleteItem>`,
    count: ids.length,
    read: (messages) => outcomes(messages, () => true as const),
  }
}
