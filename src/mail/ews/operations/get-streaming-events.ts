/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/getstreamingevents-operation */
import type { Operation } from '../operation.ts'
import { xml } from '../xml.ts'
import { child, children } from '../xml-element.ts'

export type StreamEvent = 'heartbeat' | 'new-mail' | 'closed'

/** The schema's longest (StreamingSubscriptionConnectionTimeoutType). */
const connectionMinutes = 30

/**
 * Listens to a subscription. The answer is a sequence of envelopes, and each is read into its event; an error in one
 * (ErrorSubscriptionNotFound) is thrown.
 */
export function getStreamingEvents(subscriptionId: string): Operation<StreamEvent> {
  return {
    name: 'GetStreamingEvents',
    body: xml`<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>${subscriptionId}</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>${connectionMinutes}</m:ConnectionTimeout></m:GetStreamingEvents>`,
    count: 1,
    read(messages) {
      for (const { element, error } of messages) {
        if (error !== null) throw error
        const notifications = children(child(element, 'Notifications'), 'Notification')
        if (notifications.some((notification) => child(notification, 'NewMailEvent'))) return 'new-mail'
        if (child(element, 'ConnectionStatus')?.text === 'Closed') return 'closed'
      }
      // The first envelope, and one every 45 seconds at the latest: ConnectionStatus OK, or a StatusEvent only.
      return 'heartbeat'
    },
  }
}
