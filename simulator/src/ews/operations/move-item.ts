import type { Folder } from '../../mail/folder.ts'
import type { Item } from '../../mail/item.ts'
import { copyItem, type Mailbox, moveItem } from '../../mail/mailbox.ts'
import { findItemById, findTargetFolder } from '../find-by-id.ts'
import { writeItemId } from '../item-properties.ts'
import { answerEach, type Operation } from '../operation.ts'
import { element } from '../write-xml.ts'
import { childNamed, childrenOf, childText } from '../xml-element.ts'

/** Items to another folder; each gets a new id: https://learn.microsoft.com/exchange/client-developer/web-service-reference/moveitem-operation */
export const moveItems = transfer(moveItem)

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/copyitem-operation */
export const copyItems = transfer(copyItem)

function transfer(put: (mailbox: Mailbox, item: Item, folder: Folder) => Item): Operation {
  return {
    errorTail: '<m:Items/>',
    run: (request, caller) => {
      const wantsIds = childText(request, 'm:ReturnNewItemIds') ?? 'true'
      return answerEach(childrenOf(request, 'm:ItemIds'), (itemId) => {
        const folder = findTargetFolder(caller, childNamed(request, 'm:ToFolderId'), 'ErrorToFolderNotFound')
        const item = put(caller.mailbox, findItemById(caller, itemId), folder)
        const isNamed = wantsIds === 'true' || wantsIds === '1'
        return element('m:Items', {}, isNamed ? element('t:Message', {}, writeItemId(item)) : '')
      })
    },
  }
}
