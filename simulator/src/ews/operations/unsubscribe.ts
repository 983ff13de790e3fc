import { EwsError } from '../ews-error.ts'
import { answerOne, type Operation } from '../operation.ts'
import { endSubscription } from '../subscription.ts'
import { childText } from '../xml-element.ts'

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/unsubscribe-operation */
export const unsubscribe: Operation = {
  errorTail: '',
  run: async (request, { world, mailbox }) => [
    await answerOne(() => {
      const subscription = world.subscriptions.get(childText(request, 'm:SubscriptionId') ?? '')
      if (subscription?.mailbox !== mailbox) throw new EwsError('ErrorSubscriptionNotFound')
      endSubscription(world, subscription)
      return ''
    }),
  ],
}
