import { moveTo, removeItem, wellKnownFolder } from '../../mail/mailbox.ts'
import { answerReadReceipt } from '../../mail/read-receipt.ts'
import { findItemById } from '../find-by-id.ts'
import { answerEach, type Operation } from '../operation.ts'
import { childrenOf, isTrue } from '../xml-element.ts'

/**
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/deleteitem-operation
 * Microsoft's page promises success for an id that is gone; the service has been seen to answer ErrorItemNotFound.
 */
export const deleteItem: Operation = {
  errorTail: '',
  run: (request, caller) =>
    answerEach(childrenOf(request, 'm:ItemIds'), (itemId) => {
      const item = findItemById(caller, itemId)
      const isSuppressed = isTrue(request.attributes.SuppressReadReceipts)
      answerReadReceipt(caller.world, caller.mailbox, item, { disposition: 'deleted', isSuppressed })
      if (request.attributes.DeleteType === 'MoveToDeletedItems') {
        moveTo(caller.mailbox, item, wellKnownFolder(caller.mailbox, 'deleteditems'))
      } else {
        removeItem(caller.mailbox, item)
      }
      return ''
    }),
}
