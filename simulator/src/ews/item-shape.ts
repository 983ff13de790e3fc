import type { Item } from '../mail/folder.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { EwsError } from './ews-error.ts'
import {
  type ExtendedProperty,
  extendedValue,
  readExtendedProperty,
  writeExtendedProperty,
} from './extended-property.ts'
import { defaultProperties, itemProperties, neverSet } from './item-properties.ts'
import { type ReadContent, readContent } from './message-content.ts'
import { NotSimulated } from './validate-request.ts'
import { childNamed, childrenOf, childText, isTrue, type XmlElement } from './xml-element.ts'

/** Which properties of an item a request wants, and in what form. */
export interface ItemShape {
  isView: boolean
  wanted: Set<string>
  extended: ExtendedProperty[]
  bodyType: string
  uniqueBodyType: string
}

/**
 * Reads an `m:ItemShape`.
 * @throws EwsError ErrorInvalidPropertyForOperation when a view is asked for what only GetItem gives
 */
export function readItemShape(request: XmlElement, where: 'view' | 'item'): ItemShape {
  const shape = childNamed(request, 'm:ItemShape')
  if (!shape) throw new EwsError('ErrorInvalidRequest')
  const isView = where === 'view'
  const offered = (uri: string) => itemProperties.find((property) => property.uri === uri)
  const wanted = new Set<string>(['item:ItemId'])
  for (const uri of baseProperties(childText(shape, 't:BaseShape'))) {
    if (!isView || offered(uri)?.where === 'view') wanted.add(uri)
  }
  const paths = childrenOf(shape, 't:AdditionalProperties')
  for (const { name, attributes } of paths) {
    if (name === 't:FieldURI') wanted.add(attributes.FieldURI ?? '')
  }
  if (isTrue(childText(shape, 't:IncludeMimeContent'))) wanted.add('item:MimeContent')
  for (const uri of wanted) {
    if (neverSet.includes(uri)) continue
    const property = offered(uri)
    if (!property) throw new NotSimulated(`the simulator does not offer ${uri}`)
    if (isView && property.where === 'item')
      throw new EwsError('ErrorInvalidPropertyForOperation', { FieldURI: uri })
  }
  const bodyType = childText(shape, 't:BodyType') ?? 'Best'
  return {
    isView,
    wanted,
    extended: paths.filter(({ name }) => name === 't:ExtendedFieldURI').map(readExtendedProperty),
    bodyType,
    uniqueBodyType: childText(shape, 't:UniqueBodyType') ?? bodyType,
  }
}

function baseProperties(base: string | undefined): string[] {
  if (base === 'Default') return defaultProperties
  if (base !== 'AllProperties') return []
  const heavy = ['item:MimeContent', 'item:UniqueBody', 'item:TextBody']
  return itemProperties.map(({ uri }) => uri).filter((uri) => !heavy.includes(uri))
}

const ofContent = ['item:Attachments', 'item:Body', 'item:UniqueBody', 'item:TextBody']
const noContent: ReadContent = { text: '', html: null, attachments: [] }

/** A `t:Message` with what the shape wants, in schema order. */
export async function writeItem(mailbox: Mailbox, item: Item, shape: ItemShape): Promise<string> {
  const needsContent = ofContent.some((uri) => shape.wanted.has(uri))
  const { isView, bodyType, uniqueBodyType } = shape
  const rendering = {
    isView,
    bodyType,
    uniqueBodyType,
    content: needsContent ? await readContent(item) : noContent,
  }
  let written = ''
  for (const property of itemProperties) {
    if (shape.wanted.has(property.uri)) written += property.write(item, rendering)
    // In the schema ExtendedProperty stands behind HasAttachments.
    if (property.uri === 'item:HasAttachments') written += writeExtendedProperties(mailbox, item, shape)
  }
  return `<t:Message>${written}</t:Message>`
}

function writeExtendedProperties(mailbox: Mailbox, item: Item, shape: ItemShape): string {
  return shape.extended
    .map((property) => writeExtendedProperty(property, extendedValue(mailbox, item, property)))
    .join('')
}
