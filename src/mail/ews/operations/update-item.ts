/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/updateitem-operation */

import type { Outcome } from '../../outcome.ts'
import { type ItemId, itemId } from '../ids.ts'
import type { Operation } from '../operation.ts'
import { outcomes } from '../response-message.ts'
import { xml } from '../xml.ts'

/**
 * Marks items read. SuppressReadReceipts: a receipt would tell the sender that a person has read the mail.
 * AlwaysOverwrite: the flag does not depend on what else was changed, and as a rule no ChangeKey is needed. One outcome
 * per id, in order.
 */
export function updateItemRead(ids: ItemId[]): Operation<Outcome<true>[]> {
  const changes = ids.map(
    (id) =>
      xml`<t:ItemChange>${itemId(id)}<t:Updates><t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:Message><t:IsRead>true</t:IsRead></t:Message></t:SetItemField></t:Updates></t:ItemChange>`,
  )
  return {
    name: 'UpdateItem',
    body: xml`<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly" SuppressReadReceipts="true"><m:ItemChanges>${changes}</m:ItemChanges></m:UpdateItem>`,
    count: ids.length,
    read: (messages) => outcomes(messages, () => true as const),
  }
}
