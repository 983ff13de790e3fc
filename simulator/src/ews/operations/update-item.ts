import type { Item } from '../../mail/folder.ts'
import { touchItem } from '../../mail/mailbox.ts'
import { answerReadReceipt } from '../../mail/read-receipt.ts'
import type { Caller } from '../caller.ts'
import { EwsError } from '../ews-error.ts'
import { findItemById, matchesChangeKey } from '../find-by-id.ts'
import { writeItemId } from '../item-properties.ts'
import { readItemUpdate } from '../item-update.ts'
import { answerEach, type Operation } from '../operation.ts'
import { savedItemFolder, sendDraft } from '../send.ts'
import { element } from '../write-xml.ts'
import { childNamed, childrenOf, isTrue, type XmlElement } from '../xml-element.ts'

const NO_CONFLICT = '<m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>'

/**
 * Changes of messages; a draft can be sent with them. Ids stay, ChangeKeys do not.
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/updateitem-operation
 */
export const updateItem: Operation = {
  errorTail: `<m:Items/>${NO_CONFLICT}`,
  run: (request, caller) => {
    const { MessageDisposition: disposition, ConflictResolution: resolution = '' } = request.attributes
    if (disposition === undefined) throw new EwsError('ErrorMessageDispositionRequired')
    return answerEach(childrenOf(request, 'm:ItemChanges'), (change) => {
      const item = update(caller, change, resolution)
      if (item.isRead) {
        const isSuppressed = isTrue(request.attributes.SuppressReadReceipts)
        answerReadReceipt(caller.world, caller.mailbox, item, { disposition: 'displayed', isSuppressed })
      }
      if (disposition === 'SaveOnly' || !item.isDraft) {
        return element('m:Items', {}, element('t:Message', {}, writeItemId(item))) + NO_CONFLICT
      }
      sendDraft(
        caller,
        item,
        disposition === 'SendOnly' ? null : savedItemFolder(request, caller, 'sentitems'),
      )
      return `<m:Items/>${NO_CONFLICT}`
    })
  },
}

function update(caller: Caller, change: XmlElement, resolution: string): Item {
  const itemId = childNamed(change, 't:ItemId')
  if (!itemId) throw new EwsError('ErrorInvalidRequest')
  const item = findItemById(caller, itemId)
  const matches = matchesChangeKey(item, itemId)
  if (resolution !== 'AlwaysOverwrite') {
    if (matches === null) throw new EwsError('ErrorChangeKeyRequiredForWriteOperations')
    if (!matches) throw new EwsError('ErrorIrresolvableConflict')
  }
  // All are read before the first is made, so that an item changes wholly or not.
  const updates = childrenOf(change, 't:Updates').map(readItemUpdate)
  for (const { apply } of updates) apply(item)
  touchItem(caller.mailbox, item, { readFlagOnly: updates.every(({ uri }) => uri === 'message:IsRead') })
  return item
}
