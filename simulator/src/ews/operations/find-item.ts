import type { Item } from '../../mail/folder.ts'
import type { Caller } from '../caller.ts'
import { EwsError } from '../ews-error.ts'
import { findFolderById } from '../find-by-id.ts'
import { itemPath } from '../item-path.ts'
import { readItemShape, writeItem } from '../item-shape.ts'
import { answerEach, type Content, type Operation } from '../operation.ts'
import { cutPage } from '../page.ts'
import { compileRestriction } from '../restriction.ts'
import { compareValues, type Value } from '../value.ts'
import { element } from '../write-xml.ts'
import { childNamed, childrenOf, type XmlElement } from '../xml-element.ts'

/** A page of each folder's items: https://learn.microsoft.com/exchange/client-developer/web-service-reference/finditem-operation */
export const findItem: Operation = {
  errorTail: '',
  run: (request, caller) =>
    answerEach(childrenOf(request, 'm:ParentFolderIds'), (folderId) => findIn(folderId, request, caller)),
}

async function findIn(folderId: XmlElement, request: XmlElement, caller: Caller): Promise<Content> {
  const shape = readItemShape(request, 'view')
  const folder = findFolderById(caller, folderId)
  const [expression] = childrenOf(request, 'm:Restriction')
  // Folder-associated and soft-deleted items are not kept.
  let found = request.attributes.Traversal === 'Shallow' ? [...folder.items.values()] : []
  if (expression) {
    found = found.filter(
      compileRestriction(expression, itemPath(caller.mailbox, 'ErrorUnsupportedPathForQuery')),
    )
  }
  found.sort(readOrder(childrenOf(request, 'm:SortOrder'), caller))
  const page = cutPage(found, childNamed(request, 'm:IndexedPageItemView'), {
    pageLimit: caller.tenant.pageLimit,
    isRestricted: expression !== undefined,
  })
  let items = ''
  for (const item of page.entries) items += await writeItem(caller.mailbox, item, shape)
  return {
    items: page.entries.length,
    content: element('m:RootFolder', page.attributes, element('t:Items', {}, items)),
  }
}

type Order = (a: Item, b: Item) => number

const newestFirst: Order = (a, b) => b.receivedAt - a.receivedAt || b.createdSequence - a.createdSequence

function readOrder(fields: XmlElement[], { mailbox }: Caller): Order {
  const readPath = itemPath(mailbox, 'ErrorUnsupportedPathForSortGroup')
  const orders = fields.map((field): Order => {
    const [path] = field.children
    if (!path) throw new EwsError('ErrorInvalidRequest')
    const read = readPath(path)
    const sign = field.attributes.Order === 'Descending' ? -1 : 1
    return (a, b) => sign * compareWithAbsent(read(a), read(b))
  })
  return (a, b) => {
    for (const order of orders) {
      const difference = order(a, b)
      if (difference !== 0) return difference
    }
    return orders.length > 0 ? a.createdSequence - b.createdSequence : newestFirst(a, b)
  }
}

/** What lacks the property comes before what has it. */
function compareWithAbsent(a: Value, b: Value): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return compareValues(a, b)
}
