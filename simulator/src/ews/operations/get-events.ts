import { EwsError } from '../ews-error.ts'
import { answerOne, type Operation } from '../operation.ts'
import { expireWhenIdle } from '../subscription.ts'
import { writePulledEvents } from '../write-notification.ts'
import { childText } from '../xml-element.ts'

/** What a pull subscription has kept: https://learn.microsoft.com/exchange/client-developer/web-service-reference/getevents-operation */
export const getEvents: Operation = {
  errorTail: '',
  run: async (request, { world, mailbox }) => [
    await answerOne(() => {
      const subscription = world.subscriptions.get(childText(request, 'm:SubscriptionId') ?? '')
      if (subscription?.mailbox !== mailbox) throw new EwsError('ErrorSubscriptionNotFound')
      if (!subscription.log) throw new EwsError('ErrorInvalidPullSubscriptionId')
      const watermark = childText(request, 'm:Watermark') ?? ''
      const page = subscription.log.after(watermark)
      if (!page) throw new EwsError('ErrorInvalidWatermark')
      expireWhenIdle(world, subscription)
      return {
        content: writePulledEvents(subscription.id, watermark, page),
        items: page.events.length,
      }
    }),
  ],
}
