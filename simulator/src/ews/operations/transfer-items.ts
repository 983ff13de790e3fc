import type { Folder, Item } from '../../mail/folder.ts'
import type { Mailbox } from '../../mail/mailbox.ts'
import { findItemById, findTargetFolder } from '../find-by-id.ts'
import { answerEach, type Operation } from '../operation.ts'
import { writeItemId } from '../write-item-id.ts'
import { element } from '../write-xml.ts'
import { childNamed, childrenOf, childText, isTrue } from '../xml-element.ts'

/** What MoveItem and CopyItem have in common: `put` brings one item into the folder and gives the new one. */
export function transferItems(put: (mailbox: Mailbox, item: Item, folder: Folder) => Item): Operation {
  return {
    errorTail: '<m:Items/>',
    run: (request, caller) => {
      const wantsIds = isTrue(childText(request, 'm:ReturnNewItemIds') ?? 'true')
      return answerEach(childrenOf(request, 'm:ItemIds'), (itemId) => {
        const folder = findTargetFolder(caller, childNamed(request, 'm:ToFolderId'), 'ErrorToFolderNotFound')
        const item = put(caller.mailbox, findItemById(caller, itemId), folder)
        return element('m:Items', {}, wantsIds ? element('t:Message', {}, writeItemId(item)) : '')
      })
    },
  }
}
