import type { Item } from '../mail/folder.ts'
import { fieldValue, rawHeaderText, readHeaderBlock } from '../mail/header-block.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { EwsError } from './ews-error.ts'
import { element, textElement } from './write-xml.ts'
import type { XmlElement } from './xml-element.ts'

/** A MAPI property as `t:ExtendedFieldURI` names it. */
export interface ExtendedProperty {
  /** The same for every spelling of the same property. */
  key: string
  /** The name of the header when it is one of the InternetHeaders set, lower-case. */
  header: string | null
  uri: Record<string, string>
}

/** MAPI properties that come from the message itself (MS-OXPROPS); by property id. */
const messageProperties: Record<number, (item: Item) => string | undefined> = {
  26: (item) => item.itemClass,
  55: (item) => item.summary.subject,
  // PR_TRANSPORT_MESSAGE_HEADERS is absent on what never came through transport.
  125: (item) => (item.isDelivered ? rawHeaderText(item.raw) : undefined),
  3098: (item) => item.summary.sender?.name,
  3592: (item) => String(item.raw.length),
  4149: (item) => item.summary.messageId ?? undefined,
  4153: (item) => item.summary.references ?? undefined,
  4162: (item) => item.summary.inReplyTo ?? undefined,
  23809: (item) => item.summary.sender?.address,
  23810: (item) => item.summary.from?.address,
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
  if (tag !== undefined) {
    if (set !== undefined || name !== undefined || id !== undefined)
      throw new EwsError('ErrorInvalidExtendedProperty')
    // Exchange writes tags in lower case and without leading zeros.
    return {
      key: `tag ${Number(tag)}`,
      header: null,
      uri: { ...uri, PropertyTag: `0x${Number(tag).toString(16)}` },
    }
  }
  if (set === undefined || (name === undefined) === (id === undefined)) {
    throw new EwsError('ErrorInvalidExtendedProperty')
  }
  if (set === 'InternetHeaders' && name !== undefined) {
    return { key: `header ${name.toLowerCase()}`, header: name.toLowerCase(), uri }
  }
  return { key: `${set} ${name ?? `#${id}`}`, header: null, uri }
}

/** The value an item has for a property, or `undefined`. */
export function extendedValue(mailbox: Mailbox, item: Item, property: ExtendedProperty): string | undefined {
  const set = item.extended.get(property.key)
  if (set !== undefined) return set
  if (property.header !== null) return namedHeaderValue(mailbox, item, property.header)
  if (!property.key.startsWith('tag ')) return undefined
  return messageProperties[Number(property.key.slice(4))]?.(item)
}

/** The first mail with an unknown X- header only registers the name; its value is stored from the second one on. */
function namedHeaderValue(mailbox: Mailbox, item: Item, header: string): string | undefined {
  const registered = mailbox.headerNames.get(header)
  if (item.isDelivered && (registered === undefined || registered >= item.createdSequence)) return undefined
  return fieldValue(readHeaderBlock(item.raw).fields, header)
}

export function writeExtendedProperty(property: ExtendedProperty, value: string): string {
  return element(
    't:ExtendedProperty',
    {},
    element('t:ExtendedFieldURI', property.uri) + textElement('t:Value', value),
  )
}
