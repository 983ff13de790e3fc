import { conversationTopic } from '../ews/mapi-properties.ts'
import { compareValues } from '../ews/value.ts'
import type { Item } from '../mail/folder.ts'
import { conversationIdOf } from '../mail/ids.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { testExtended } from './extended-property.ts'
import { GraphError, graphErrors } from './graph-error.ts'
import { toRestId } from './ids.ts'
import { type Filter, type FilterField, type FilterScope, parseFilter } from './odata/parse-filter.ts'
import type { Order } from './odata/query-options.ts'

/** What messages can be filtered and sorted by. */
const fields: Record<string, FilterField<Item>> = {
  receivedDateTime: { type: 'date', read: (item) => new Date(item.receivedAt) },
  sentDateTime: { type: 'date', read: (item) => new Date(item.sentAt) },
  createdDateTime: { type: 'date', read: (item) => new Date(item.createdAt) },
  lastModifiedDateTime: { type: 'date', read: (item) => new Date(item.modifiedAt) },
  isRead: { type: 'boolean', read: (item) => item.isRead },
  isDraft: { type: 'boolean', read: (item) => item.isDraft },
  hasAttachments: { type: 'boolean', read: (item) => item.summary.hasAttachments },
  internetMessageId: { type: 'string', read: (item) => item.summary.messageId ?? undefined },
  subject: { type: 'string', read: (item) => item.summary.subject },
  importance: { type: 'string', read: (item) => item.importance },
  conversationId: { type: 'string', read: (item) => toRestId(conversationIdOf(conversationTopic(item))) },
  'from/emailAddress/address': { type: 'string', read: (item) => item.summary.from?.address },
  'sender/emailAddress/address': { type: 'string', read: (item) => item.summary.sender?.address },
}

/** @throws GraphError 400 */
export function readMessageFilter(mailbox: Mailbox, text: string): Filter<Item> {
  const scope: FilterScope<Item> = {
    fields,
    any(collection, comparisons) {
      if (/^singleValueExtendedProperties$/i.test(collection)) return testExtended(mailbox, comparisons)
      const [only] = comparisons
      if (
        collection !== 'categories' ||
        only?.operator !== 'eq' ||
        only.path !== '' ||
        comparisons.length > 1
      )
        throw graphErrors.notSimulated(`a filter by ${collection}/any with anything but one eq`)
      return (item) => item.categories.includes(String(only.value))
    },
  }
  return parseFilter(text, scope)
}

/** The filter of a delta round: receivedDateTime is all it may name. */
export function readDeltaFilter(text: string): Filter<Item> {
  const { receivedDateTime } = fields
  return parseFilter(text, { fields: receivedDateTime ? { receivedDateTime } : {} })
}

/**
 * The order of a list: newest first unless `$orderby` says otherwise.
 * @throws GraphError 400 for another property, InefficientFilter
 */
export function readMessageOrder(orders: Order[], filter: Filter<Item> | null): (a: Item, b: Item) => number {
  if (filter) checkEfficiency(orders, filter)
  const sorts = (orders.length > 0 ? orders : [{ name: 'receivedDateTime', isDescending: true }]).map(
    ({ name, isDescending }) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (!field) throw graphErrors.badRequest(`The messages cannot be sorted by '${name}'.`)
      return { read: field.read, sign: isDescending ? -1 : 1 }
    },
  )
  return (a, b) => {
    for (const { read, sign } of sorts) {
      const difference = sign * compareValues(read(a) ?? '', read(b) ?? '')
      if (difference !== 0) return difference
    }
    return (sorts[0]?.sign ?? 1) * (a.createdSequence - b.createdSequence)
  }
}

/** What a list is sorted by has to stand in the filter too, in the same order, before everything else there. */
function checkEfficiency(orders: Order[], { paths }: Filter<Item>): void {
  if (orders.some(({ name }, index) => paths[index] !== name)) {
    throw new GraphError(
      400,
      'InefficientFilter',
      'The restriction or sort order is too complex for this operation.',
    )
  }
}
