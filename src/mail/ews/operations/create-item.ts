/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/createitem-operation-email-message */

import type { Outcome } from '../../outcome.ts'
import { folderId } from '../ids.ts'
import type { Operation } from '../operation.ts'
import { outcomes } from '../response-message.ts'
import { xml } from '../xml.ts'

/**
 * Sends messages given as MIME and keeps a copy in Sent Items. Exchange returns no id for what it sends this way; the
 * Message-ID of the MIME is kept, and is how the copy is found. One outcome per message, in order.
 */
export function createItem(mimes: Uint8Array[]): Operation<Outcome<true>[]> {
  const items = mimes.map((mime) => {
    const base64 = Buffer.from(mime.buffer, mime.byteOffset, mime.length).toString('base64')
    return xml`<t:Message><t:MimeContent CharacterSet="UTF-8">${base64}</t:MimeContent></t:Message>`
  })
  return {
    name: 'CreateItem',
    body: xml`<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:SavedItemFolderId>${folderId({ wellKnown: 'sentitems' })}</m:SavedItemFolderId><m:Items>${items}</m:Items></m:CreateItem>`,
    count: mimes.length,
    read: (messages) => outcomes(messages, () => true as const),
  }
}
