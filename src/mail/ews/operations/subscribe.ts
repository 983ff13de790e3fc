/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/subscribe-operation */
import { type FolderRef, folderId } from '../ids.ts'
import type { Operation } from '../operation.ts'
import { only } from '../response-message.ts'
import { xml } from '../xml.ts'
import { textAt } from '../xml-element.ts'

/** Opens a streaming subscription to new mail in the folders and returns its id. */
export function subscribe(folders: FolderRef[]): Operation<string> {
  return {
    name: 'Subscribe',
    body: xml`<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>${folders.map(folderId)}</t:FolderIds><t:EventTypes><t:EventType>NewMailEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>`,
    count: 1,
    read: (messages) => only(messages, (message) => textAt(message, 'SubscriptionId') || null),
  }
}
