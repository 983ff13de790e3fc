import { EwsError } from '../ews-error.ts'
import { findFolderById } from '../find-by-id.ts'
import { answerOne, type Operation } from '../operation.ts'
import { addSubscription } from '../subscription.ts'
import { textElement } from '../write-xml.ts'
import { childNamed, childrenOf, isTrue } from '../xml-element.ts'

/** A streaming subscription: https://learn.microsoft.com/exchange/client-developer/web-service-reference/subscribe-operation */
export const subscribe: Operation = {
  errorTail: '',
  run: async (request, caller) => [
    await answerOne(() => {
      const wanted = childNamed(request, 'm:StreamingSubscriptionRequest')
      if (!wanted) throw new EwsError('ErrorInvalidRequest')
      const folderIds = childrenOf(wanted, 't:FolderIds')
      const isAll = isTrue(wanted.attributes.SubscribeToAllFolders)
      if (isAll === folderIds.length > 0) throw new EwsError('ErrorInvalidSubscriptionRequest')
      const subscription = addSubscription(caller.world, {
        mailbox: caller.mailbox,
        folders: isAll ? null : new Set(folderIds.map((folderId) => findFolderById(caller, folderId).id)),
        events: new Set(childrenOf(wanted, 't:EventTypes').map(({ text }) => text.trim())),
        keepsAffinity: caller.headers['x-preferserveraffinity']?.toString().toLowerCase() === 'true',
      })
      if (subscription.affinity !== null) {
        caller.setHeader(
          'Set-Cookie',
          `X-BackEndOverrideCookie=${subscription.affinity}; path=/; secure; HttpOnly`,
        )
      }
      return textElement('m:SubscriptionId', subscription.id)
    }),
  ],
}
