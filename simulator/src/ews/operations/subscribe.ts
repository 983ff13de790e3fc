import { EwsError } from '../ews-error.ts'
import { findFolderById } from '../find-by-id.ts'
import { answerOne, type Operation } from '../operation.ts'
import { addSubscription } from '../subscription.ts'
import { textElement } from '../write-xml.ts'
import { childNamed, childrenOf, childText, isTrue } from '../xml-element.ts'

/** A streaming or a pull subscription: https://learn.microsoft.com/exchange/client-developer/web-service-reference/subscribe-operation */
export const subscribe: Operation = {
  errorTail: '',
  run: async (request, caller) => [
    await answerOne(() => {
      const pull = childNamed(request, 'm:PullSubscriptionRequest')
      const wanted = pull ?? childNamed(request, 'm:StreamingSubscriptionRequest')
      if (!wanted) throw new EwsError('ErrorInvalidRequest')
      const folderIds = childrenOf(wanted, 't:FolderIds')
      const isAll = isTrue(wanted.attributes.SubscribeToAllFolders)
      if (isAll === folderIds.length > 0) throw new EwsError('ErrorInvalidSubscriptionRequest')
      // A watermark of an earlier subscription goes on where that one ended; the simulator keeps none of those.
      if (childNamed(wanted, 't:Watermark')) throw new EwsError('ErrorInvalidWatermark')
      const subscription = addSubscription(caller.world, {
        mailbox: caller.mailbox,
        folders: isAll ? null : new Set(folderIds.map((folderId) => findFolderById(caller, folderId).id)),
        events: new Set(childrenOf(wanted, 't:EventTypes').map(({ text }) => text.trim())),
        keepsAffinity: caller.headers['x-preferserveraffinity']?.toString().toLowerCase() === 'true',
        ...(pull ? { pullTimeoutMinutes: Number(childText(pull, 't:Timeout')) } : {}),
      })
      if (subscription.affinity !== null) {
        caller.setHeader(
          'Set-Cookie',
          `X-BackEndOverrideCookie=${subscription.affinity}; path=/; secure; HttpOnly`,
        )
      }
      const watermark = subscription.log ? textElement('m:Watermark', subscription.log.end()) : ''
      return textElement('m:SubscriptionId', subscription.id) + watermark
    }),
  ],
}
