/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/getitem-operation */
import type { Outcome } from '../../outcome.ts'
import type { ListedItem } from '../../receive-in-pages.ts'
import { additionalProperties, type ItemId, itemIds } from '../ids.ts'
import { readListedItem } from '../listed-item.ts'
import type { Operation } from '../operation.ts'
import { outcomes } from '../response-message.ts'
import { type Xml, xml } from '../xml.ts'
import { child, children, textAt, type XmlElement } from '../xml-element.ts'

export interface FetchedItem {
  id: string
  parentFolderId: string
  receivedAt: Date
  itemClass: string | null
  raw: Uint8Array
  transportHeaders: string | null
}

/** PR_TRANSPORT_MESSAGE_HEADERS: the header block as it travelled, which the regenerated MIME is not. */
const transportHeaders = 0x007d

const headProperties = additionalProperties([
  'item:Subject',
  'item:ItemClass',
  'item:Size',
  'item:DateTimeReceived',
  'item:InReplyTo',
  'item:InternetMessageHeaders',
  'message:ToRecipients',
  'message:CcRecipients',
  'message:References',
])

const messageProperties = additionalProperties(
  ['item:ParentFolderId', 'item:ItemClass', 'item:DateTimeReceived'],
  [xml`<t:ExtendedFieldURI PropertyTag="0x007D" PropertyType="String"/>`],
)

/** Heads of items with recipients and internet headers, and nothing of their content. One outcome per id, in order. */
export function getItemHeads(ids: string[]): Operation<Outcome<ListedItem>[]> {
  return getItem(ids, headProperties, readListedItem)
}

/** Whole messages. One outcome per id, in order. */
export function getItemMessages(ids: string[]): Operation<Outcome<FetchedItem>[]> {
  return getItem(ids, xml`<t:IncludeMimeContent>true</t:IncludeMimeContent>${messageProperties}`, readMessage)
}

/** The ids of items with their present ChangeKeys, and nothing else. One outcome per id, in order. */
export function getItemIds(ids: ItemId[]): Operation<Outcome<ItemId>[]> {
  return getItem(
    ids.map(({ id }) => id),
    xml``,
    (item) => {
      const { Id, ChangeKey } = child(item, 'ItemId')?.attributes ?? {}
      return Id === undefined ? null : { id: Id, changeKey: ChangeKey ?? null }
    },
  )
}

function getItem<Value extends object>(
  ids: string[],
  shape: Xml,
  read: (item: XmlElement) => Value | null,
): Operation<Outcome<Value>[]> {
  return {
    name: 'GetItem',
    body: xml`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>${shape}</m:ItemShape>${itemIds(ids.map((id) => ({ id, changeKey: null })))}</m:GetItem>`,
    count: ids.length,
    read: (messages) =>
      outcomes(messages, (message) => {
        const item = child(message, 'Items')?.children[0]
        return item === undefined ? null : read(item)
      }),
  }
}

function readMessage(item: XmlElement): FetchedItem | null {
  const id = child(item, 'ItemId')?.attributes.Id
  const receivedAt = new Date(textAt(item, 'DateTimeReceived'))
  const mime = textAt(item, 'MimeContent')
  if (id === undefined || mime === '' || Number.isNaN(receivedAt.getTime())) return null
  return {
    id,
    parentFolderId: child(item, 'ParentFolderId')?.attributes.Id ?? '',
    receivedAt,
    itemClass: textAt(item, 'ItemClass') || null,
    raw: Buffer.from(mime, 'base64'),
    transportHeaders: extendedProperty(item, transportHeaders),
  }
}

/** Exchange returns `0x7d` for a tag asked for as `0x007D`, so tags are compared as numbers. */
function extendedProperty(item: XmlElement, tag: number): string | null {
  const property = children(item, 'ExtendedProperty').find(
    (candidate) => Number(child(candidate, 'ExtendedFieldURI')?.attributes.PropertyTag) === tag,
  )
  return textAt(property, 'Value') || null
}
