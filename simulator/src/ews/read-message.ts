import { composeMessage, encodeText, formatAddress, formatDate } from '../mail/compose-message.ts'
import type { ItemContent } from '../mail/folder.ts'
import type { HeaderField } from '../mail/header-block.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { readAddresses, writeAddressList } from './address-list.ts'
import { EwsError } from './ews-error.ts'
import { type ExtendedValue, readExtendedValue } from './extended-property.ts'
import { MSGFLAG_READ, MSGFLAG_UNSENT } from './mapi-properties.ts'
import { NotSimulated } from './validate-request.ts'
import { childNamed, childText, isTrue, localName, type XmlElement } from './xml-element.ts'

/** The tags that set a header field of a structured message (MS-OXCMAIL). */
const headerTags: Record<string, string> = {
  'tag 4149': 'Message-ID', // 0x1035
  'tag 4153': 'References', // 0x1039
  'tag 4162': 'In-Reply-To', // 0x1042
}

/** What may stand beside MimeContent without changing it. */
const besideMime = ['MimeContent', 'ItemClass', 'Categories', 'Importance', 'ExtendedProperty', 'IsRead']

/**
 * Makes a message of a `t:Message` in a CreateItem request, given as MIME or as single properties.
 * @throws EwsError ErrorMimeContentInvalidBase64String, ErrorMimeContentInvalid, ErrorInvalidExtendedProperty
 */
export function readMessage(mailbox: Mailbox, message: XmlElement): ItemContent {
  const mime = childNamed(message, 't:MimeContent')
  const values = message.children.filter(({ name }) => name === 't:ExtendedProperty').map(readExtendedValue)
  return {
    raw: mime ? readMime(message, mime) : composeStructured(mailbox, message, values),
    itemClass: childText(message, 't:ItemClass') ?? 'IPM.Note',
    importance: childText(message, 't:Importance') ?? 'Normal',
    isRead: isTrue(childText(message, 't:IsRead') ?? 'true'),
    categories: (childNamed(message, 't:Categories')?.children ?? []).map(({ text }) => text),
    ...readStates(values),
    extended: new Map(
      values
        .filter(({ property }) => !(property.key in states))
        .map(({ property, value }) => [property.key, value]),
    ),
  }
}

/**
 * MAPI properties that are written at creation only: with them a client puts a message into a folder as if it had been
 * received, where CreateItem alone makes drafts.
 */
const states: Record<string, (value: string) => Partial<ItemContent>> = {
  'tag 3590': (value) => ({ receivedAt: Date.parse(value) }), // 0x0E06, PR_MESSAGE_DELIVERY_TIME
  'tag 3591': (value) => ({
    isRead: (Number(value) & MSGFLAG_READ) !== 0,
    isDraft: (Number(value) & MSGFLAG_UNSENT) !== 0,
  }), // 0x0E07, PR_MESSAGE_FLAGS
}

function readStates(values: ExtendedValue[]): Partial<ItemContent> {
  const read = values.map(({ property, value }) => states[property.key]?.(String(value)) ?? {})
  return Object.assign({}, ...read)
}

function readMime(message: XmlElement, mime: XmlElement): Buffer {
  const extra = message.children.find((child) => !besideMime.includes(localName(child)))
  if (extra) throw new NotSimulated(`the simulator does not offer ${localName(extra)} beside MimeContent`)
  const base64 = mime.text.replace(/\s+/g, '')
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    throw new EwsError('ErrorMimeContentInvalidBase64String')
  }
  const raw = Buffer.from(base64, 'base64')
  if (!/^[!-9;-~]+[ \t]*:/.test(raw.toString('latin1', 0, 200))) throw new EwsError('ErrorMimeContentInvalid')
  return raw
}

function composeStructured(mailbox: Mailbox, message: XmlElement, extended: ExtendedValue[]): Buffer {
  const fields: HeaderField[] = []
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '')
      fields.push({ name, value: value.replace(/[\r\n]+(?![ \t])/g, ' ') })
  }
  const list = (name: string) => writeAddressList(readAddresses(message, name))
  add('From', list('t:From') || formatAddress({ name: mailbox.displayName, address: mailbox.address }))
  add('Sender', list('t:Sender'))
  add('To', list('t:ToRecipients'))
  add('Cc', list('t:CcRecipients'))
  add('Bcc', list('t:BccRecipients'))
  add('Reply-To', list('t:ReplyTo'))
  add('Subject', encodeText(childText(message, 't:Subject') ?? ''))
  add('Date', formatDate(mailbox.now()))
  add('Message-ID', childText(message, 't:InternetMessageId'))
  add('References', childText(message, 't:References'))
  add('Importance', childText(message, 't:Importance'))
  for (const { property, value } of extended) {
    const header =
      headerTags[property.key] ?? (property.header === null ? undefined : property.uri.PropertyName)
    if (header !== undefined) add(header, encodeText(String(value)))
  }
  const body = childNamed(message, 't:Body')
  const type = body?.attributes.BodyType === 'HTML' ? 'text/html' : 'text/plain'
  return composeMessage(fields, [{ contentType: `${type}; charset=utf-8`, text: body?.text ?? '' }])
}
