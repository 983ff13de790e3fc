import { type Check, check, isObject, isString, isStrings, oneOf } from '../check-json.ts'
import { composeMessage, encodeText, formatAddress, formatDate } from '../mail/compose-message.ts'
import type { ItemContent } from '../mail/folder.ts'
import type { HeaderField } from '../mail/header-block.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { readExtended } from './extended-property.ts'
import { GraphError, graphErrors } from './graph-error.ts'
import { readRecipient, readRecipients } from './recipients.ts'

const MOST_HEADERS = 5

/** The tags that set a header field (MS-OXCMAIL), as the key of the property says them. */
const headerTags: Record<string, string> = {
  'tag 4149': 'Message-ID', // 0x1035
  'tag 4153': 'References', // 0x1039
  'tag 4162': 'In-Reply-To', // 0x1042
}

const isList = Array.isArray as Check

/** What a client may write of a message. */
const messageChecks: Record<string, Check> = {
  subject: isString,
  body: isObject,
  from: isObject,
  sender: isObject,
  toRecipients: isList,
  ccRecipients: isList,
  bccRecipients: isList,
  replyTo: isList,
  importance: oneOf(['low', 'normal', 'high', 'Low', 'Normal', 'High']),
  categories: isStrings,
  internetMessageId: isString,
  internetMessageHeaders: isList,
  singleValueExtendedProperties: isList,
}

/**
 * Makes a message of Graph's JSON: https://learn.microsoft.com/graph/api/resources/message#properties
 * @throws GraphError InvalidInternetMessageHeader, InvalidInternetMessageHeaderCollection; InvalidInput
 */
export function readMessage(mailbox: Mailbox, value: unknown): ItemContent {
  if (isObject(value) && value.attachments !== undefined)
    throw graphErrors.notSimulated('attachments in JSON; MIME has them')
  const message = check(value, messageChecks)
  const extended = readExtended(message.singleValueExtendedProperties ?? [])
  const importance = String(message.importance ?? 'normal').toLowerCase()
  const fields = headerOf(mailbox, message)
  for (const { property, value: text } of extended) {
    const name = headerTags[property.key] ?? property.uri.PropertyName
    if (name !== undefined) fields.push({ name, value: encodeText(text) })
  }
  return {
    raw: composeMessage(
      fields.filter((field) => field.value !== ''),
      [readBody(message.body)],
    ),
    importance: importance.charAt(0).toUpperCase() + importance.slice(1),
    categories: (message.categories ?? []) as string[],
    extended: new Map(extended.map(({ property, value: text }) => [property.key, text])),
  }
}

function headerOf(mailbox: Mailbox, message: Record<string, unknown>): HeaderField[] {
  const own = formatAddress({ name: mailbox.displayName, address: mailbox.address })
  const one = (value: unknown) => (value === undefined ? '' : readRecipient(value))
  return [
    { name: 'From', value: one(message.from) || own },
    { name: 'Sender', value: one(message.sender) },
    { name: 'To', value: readRecipients(message.toRecipients ?? []) },
    { name: 'Cc', value: readRecipients(message.ccRecipients ?? []) },
    { name: 'Bcc', value: readRecipients(message.bccRecipients ?? []) },
    { name: 'Reply-To', value: readRecipients(message.replyTo ?? []) },
    { name: 'Subject', value: encodeText(String(message.subject ?? '')) },
    { name: 'Date', value: formatDate(mailbox.now()) },
    { name: 'Message-ID', value: String(message.internetMessageId ?? '').replace(/\s+/g, '') },
    ...readHeaders(message.internetMessageHeaders ?? []),
  ]
}

/** Only names that begin with `x-` pass, and not many of them. */
function readHeaders(value: unknown): HeaderField[] {
  const fields = (value as unknown[]).map((entry) => {
    const { name, value: text } = check(entry, { name: isString, value: isString }, ['name', 'value'])
    return { name: String(name), value: encodeText(String(text)) }
  })
  if (fields.length > MOST_HEADERS) {
    throw new GraphError(
      400,
      'InvalidInternetMessageHeaderCollection',
      `Maximum number of headers in one message should be less than or equal to ${MOST_HEADERS}.`,
    )
  }
  for (const { name } of fields) {
    if (!/^x-[!-9;-~]+$/i.test(name)) {
      throw new GraphError(
        400,
        'InvalidInternetMessageHeader',
        `The internet message header name '${name}' should start with 'x-' or 'X-'.`,
      )
    }
  }
  return fields
}

function readBody(value: unknown): { contentType: string; text: string } {
  const isType = oneOf(['text', 'html', 'Text', 'HTML'])
  const { contentType = 'text', content = '' } = check(value ?? {}, {
    contentType: isType,
    content: isString,
  })
  const type = String(contentType).toLowerCase() === 'html' ? 'text/html' : 'text/plain'
  return { contentType: `${type}; charset=utf-8`, text: String(content) }
}
