import { EwsError } from '../ews-error.ts'
import { findItemById, matchesChangeKey } from '../find-by-id.ts'
import { answerEach, type Operation } from '../operation.ts'
import { savedItemFolder, sendDraft } from '../send.ts'
import { childNamed, childrenOf, isTrue } from '../xml-element.ts'

/** Drafts to their recipients: https://learn.microsoft.com/exchange/client-developer/web-service-reference/senditem-operation */
export const sendItem: Operation = {
  errorTail: '',
  run: (request, caller) => {
    const savesCopy = isTrue(request.attributes.SaveItemToFolder)
    const namesFolder = childNamed(request, 'm:SavedItemFolderId') !== undefined
    if (namesFolder && !savesCopy) throw new EwsError('ErrorInvalidSendItemSaveSettings')
    return answerEach(childrenOf(request, 'm:ItemIds'), (itemId) => {
      const item = findItemById(caller, itemId)
      const matches = matchesChangeKey(item, itemId)
      if (matches === null) throw new EwsError('ErrorChangeKeyRequired')
      if (!matches) throw new EwsError('ErrorStaleObject')
      if (!item.isDraft) throw new EwsError('ErrorInvalidItemForOperationSendItem')
      sendDraft(caller, item, savesCopy ? savedItemFolder(request, caller, 'sentitems') : null)
      return ''
    })
  },
}
