import { findItemById } from '../find-by-id.ts'
import { readItemShape, writeItem } from '../item-shape.ts'
import { answerEach, type Operation } from '../operation.ts'
import { element } from '../write-xml.ts'
import { childrenOf } from '../xml-element.ts'

/** Whole items by id: https://learn.microsoft.com/exchange/client-developer/web-service-reference/getitem-operation */
export const getItem: Operation = {
  errorTail: '<m:Items/>',
  run: (request, caller) => {
    const shape = readItemShape(request, 'item')
    return answerEach(childrenOf(request, 'm:ItemIds'), async (itemId) => {
      const item = findItemById(caller, itemId)
      return element('m:Items', {}, await writeItem(caller.mailbox, item, shape))
    })
  },
}
