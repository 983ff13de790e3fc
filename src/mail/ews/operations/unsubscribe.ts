/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/unsubscribe-operation */
import type { Operation } from '../operation.ts'
import { xml } from '../xml.ts'

/** Ends a subscription. One that is gone already is as good. */
export function unsubscribe(subscriptionId: string): Operation<void> {
  return {
    name: 'Unsubscribe',
    body: xml`<m:Unsubscribe><m:SubscriptionId>${subscriptionId}</m:SubscriptionId></m:Unsubscribe>`,
    count: 1,
    read() {},
  }
}
