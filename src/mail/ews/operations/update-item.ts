/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/updateitem-operation */
import type { Operation } from '../operation.ts'
import { type Outcome, outcomes } from '../response-message.ts'
import { xml } from '../xml.ts'

/**
 * Marks items read. SuppressReadReceipts: a receipt would tell the sender that a person has read the mail.
 * AlwaysOverwrite: it needs no ChangeKey, and a flag cannot conflict. One outcome per id, in order.
 */
export function updateItemRead(ids: string[]): Operation<Outcome<true>[]> {
  const changes = ids.map(
    (id) =>
      xml`<t:ItemChange><t:ItemId Id="${id}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:Message><t:IsRead>true</t:IsRead></t:Message></t:SetItemField></t:Updates></t:ItemChange>`,
  )
  return {
    name: 'UpdateItem',
    body: xml`<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly" SuppressReadReceipts="true"><m:ItemChanges>${changes}</m:ItemChanges></m:UpdateItem>`,
    count: ids.length,
    read: (messages) => outcomes(messages, () => true as const),
  }
}
