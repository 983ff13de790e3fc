import { encodeText } from '../mail/compose-message.ts'
import { setBody, setField } from '../mail/edit-message.ts'
import type { Item } from '../mail/folder.ts'
import { summarise } from '../mail/summarise.ts'
import { readAddresses, writeAddressList } from './address-list.ts'
import { EwsError } from './ews-error.ts'
import { readExtendedProperty, readExtendedValue } from './extended-property.ts'
import { NotSimulated } from './validate-request.ts'
import { isTrue, localName, type XmlElement } from './xml-element.ts'

/** One change of one property. */
export interface ItemUpdate {
  /** Of the property, as `t:FieldURI` names it; the key of an extended one. */
  uri: string
  apply(item: Item): void
}

/** Makes a change out of the `t:Message` that holds the new value; out of nothing the one that deletes it. */
type Change = (message: XmlElement | undefined) => (item: Item) => void

const changes: Record<string, Change> = {
  'item:Categories': (message) => {
    const categories = (message?.children[0]?.children ?? []).map(({ text }) => text)
    return (item) => void Object.assign(item, { categories })
  },
  'item:Importance': (message) => {
    const importance = textOf(message) ?? 'Normal'
    return (item) => void Object.assign(item, { importance })
  },
  'item:Subject': (message) => {
    const subject = encodeText(textOf(message) ?? '')
    return (item) => rewrite(item, setField(item.raw, 'Subject', subject))
  },
  'item:Body': (message) => {
    const body = message?.children[0]
    const type = body?.attributes.BodyType === 'HTML' ? 'text/html' : 'text/plain'
    return (item) => {
      if (item.summary.hasAttachments)
        throw new NotSimulated('the simulator does not change the body of a message with attachments')
      rewrite(item, setBody(item.raw, `${type}; charset=utf-8`, body?.text ?? ''))
    }
  },
  'message:IsRead': (message) => {
    if (!message) throw new EwsError('ErrorInvalidPropertyDelete', { FieldURI: 'message:IsRead' })
    const isRead = isTrue(textOf(message))
    return (item) => void Object.assign(item, { isRead })
  },
  'message:ToRecipients': recipients('t:ToRecipients', 'To'),
  'message:CcRecipients': recipients('t:CcRecipients', 'Cc'),
  'message:BccRecipients': recipients('t:BccRecipients', 'Bcc'),
  'message:ReplyTo': recipients('t:ReplyTo', 'Reply-To'),
}

function recipients(name: string, field: string): Change {
  return (message) => {
    const list = message ? writeAddressList(readAddresses(message, name)) : ''
    return (item) => rewrite(item, setField(item.raw, field, list))
  }
}

/**
 * Reads a `t:SetItemField` or `t:DeleteItemField`.
 * @throws EwsError ErrorInvalidPropertySet, ErrorInvalidPropertyDelete, ErrorInvalidExtendedProperty
 */
export function readItemUpdate(field: XmlElement): ItemUpdate {
  const [path, message] = field.children
  if (!path) throw new EwsError('ErrorInvalidRequest')
  if (path.name === 't:ExtendedFieldURI') return readExtendedUpdate(path, message)
  const uri = path.attributes.FieldURI ?? ''
  const change = changes[uri]
  const code = message ? 'ErrorInvalidPropertySet' : 'ErrorInvalidPropertyDelete'
  const [value, ...more] = message?.children ?? []
  const isAgreed = !message || (value && localName(value) === uri.slice(uri.indexOf(':') + 1))
  if (!change || !isAgreed || more.length > 0) throw new EwsError(code, { FieldURI: uri })
  return { uri, apply: change(message) }
}

function readExtendedUpdate(path: XmlElement, message: XmlElement | undefined): ItemUpdate {
  const { key } = readExtendedProperty(path)
  if (!message) return { uri: key, apply: (item) => void item.extended.delete(key) }
  const [property] = message.children
  if (property?.name !== 't:ExtendedProperty') throw new EwsError('ErrorInvalidPropertySet')
  const { value } = readExtendedValue(property)
  return { uri: key, apply: (item) => void item.extended.set(key, value) }
}

function textOf(message: XmlElement | undefined): string | undefined {
  return message?.children[0]?.text.trim()
}

function rewrite(item: Item, raw: Buffer): void {
  item.raw = raw
  item.summary = summarise(raw)
}
