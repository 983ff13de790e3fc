import type { Item } from '../mail/folder.ts'
import { fieldValue, readHeaderBlock } from '../mail/header-block.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { EwsError } from './ews-error.ts'
import { mapiProperties } from './mapi-properties.ts'
import { isSound, readValue, type Value, writeValue } from './value.ts'
import { element, textElement } from './write-xml.ts'
import { childNamed, type XmlElement } from './xml-element.ts'

/** A MAPI property as `t:ExtendedFieldURI` names it. */
export interface ExtendedProperty {
  /** The same for every spelling of the same property. */
  key: string
  /** The name of the header when it is one of the InternetHeaders set, lower-case. */
  header: string | null
  /** Of MAPI, such as `Integer` or `StringArray`. */
  type: string
  uri: Record<string, string>
}

/**
 * Reads a `t:ExtendedFieldURI`.
 * @throws EwsError ErrorInvalidExtendedProperty for a combination of attributes that names nothing
 */
export function readExtendedProperty(field: XmlElement): ExtendedProperty {
  const uri = field.attributes
  const tag = uri.PropertyTag
  const set = uri.DistinguishedPropertySetId ?? uri.PropertySetId?.toLowerCase()
  const name = uri.PropertyName
  const id = uri.PropertyId
  const type = uri.PropertyType ?? ''
  if (tag !== undefined) {
    if (set !== undefined || name !== undefined || id !== undefined)
      throw new EwsError('ErrorInvalidExtendedProperty')
    // Exchange writes tags in lower case and without leading zeros.
    return {
      key: `tag ${Number(tag)}`,
      header: null,
      type,
      uri: { ...uri, PropertyTag: `0x${Number(tag).toString(16)}` },
    }
  }
  if (set === undefined || (name === undefined) === (id === undefined)) {
    throw new EwsError('ErrorInvalidExtendedProperty')
  }
  if (set === 'InternetHeaders' && name !== undefined) {
    return { key: `header ${name.toLowerCase()}`, header: name.toLowerCase(), type, uri }
  }
  return { key: `${set} ${name ?? `#${id}`}`, header: null, type, uri }
}

/** A property and what a client writes into it, as the text of one value or of several. */
export interface ExtendedValue {
  property: ExtendedProperty
  value: string | string[]
}

/**
 * Reads a `t:ExtendedProperty`.
 * @throws EwsError ErrorInvalidExtendedProperty, ErrorInvalidExtendedPropertyValue
 */
export function readExtendedValue(element: XmlElement): ExtendedValue {
  const field = childNamed(element, 't:ExtendedFieldURI')
  if (!field) throw new EwsError('ErrorInvalidExtendedProperty')
  const property = readExtendedProperty(field)
  const several = childNamed(element, 't:Values')?.children.map(({ text }) => text)
  if (several) return { property, value: several }
  const value = childNamed(element, 't:Value')?.text ?? ''
  if (!isSound(readValue(value, property.type))) throw new EwsError('ErrorInvalidExtendedPropertyValue')
  return { property, value }
}

/** The value an item has for a property, or `undefined`. */
export function extendedValue(mailbox: Mailbox, item: Item, property: ExtendedProperty): Value {
  const set = item.extended.get(property.key)
  if (set !== undefined) return Array.isArray(set) ? set : readValue(set, property.type)
  if (property.header !== null) return namedHeaderValue(mailbox, item, property.header)
  // Outlook's categories are a named property.
  if (property.key === 'PublicStrings Keywords')
    return item.categories.length > 0 ? item.categories : undefined
  return tagValue(item, property, mapiProperties)
}

/** What a table of properties by id says of the entry, for a property that is named by its tag. */
export function tagValue<Entry>(
  entry: Entry,
  { key }: ExtendedProperty,
  table: Map<number, (entry: Entry) => Value>,
): Value {
  return key.startsWith('tag ') ? table.get(Number(key.slice(4)))?.(entry) : undefined
}

/** The first mail with an unknown X- header only registers the name; its value is stored from the second one on. */
function namedHeaderValue(mailbox: Mailbox, item: Item, header: string): string | undefined {
  const registered = mailbox.headerNames.get(header)
  if (item.isDelivered && (registered === undefined || registered >= item.createdSequence)) return undefined
  return fieldValue(readHeaderBlock(item.raw).fields, header)
}

/** The element for a value, or nothing for a property that is not there. */
export function writeExtendedProperty(property: ExtendedProperty, value: Value): string {
  if (value === undefined) return ''
  const written = Array.isArray(value)
    ? element('t:Values', {}, value.map((one) => textElement('t:Value', one)).join(''))
    : textElement('t:Value', writeValue(value))
  return element('t:ExtendedProperty', {}, element('t:ExtendedFieldURI', property.uri) + written)
}
