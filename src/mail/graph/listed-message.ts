import { readHeadFields } from '../message-head.ts'
import type { ListedItem } from '../receive-in-pages.ts'
import { type JsonObject, listOf, objectOf, textOf } from './json.ts'

export interface ListedMessage extends ListedItem {
  /** The header block as it travelled; null when the list did not bring it. */
  transportHeaders: string | null
}

/** PidTagMessageSize and PidTagMessageClass: Graph has no properties of its own for them. */
const sizeProperty = 'Integer 0xE08'
const classProperty = 'String 0x1A'

/** What is asked for of each message in a list, so that mail that is not ours costs no request of its own. */
export const listedProperties = [
  '$select=id,subject,receivedDateTime,toRecipients,ccRecipients,internetMessageHeaders',
  `$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${sizeProperty}' or id eq '${classProperty}')`)}`,
].join('&')

/** Reads a message of a list; null for a removed one and for what has no id. */
export function readListedMessage(message: JsonObject): ListedMessage | null {
  const id = textOf(message.id)
  if (id === '' || message['@removed'] !== undefined) return null
  const headers = readHeaders(message.internetMessageHeaders)
  const property = extendedProperties(message)
  const resolved = [...listOf(message.toRecipients), ...listOf(message.ccRecipients)].map((recipient) =>
    textOf(objectOf(recipient.emailAddress).address),
  )
  return {
    id,
    size: Number.parseInt(property(sizeProperty), 10) || 0,
    receivedAt: new Date(textOf(message.receivedDateTime)),
    head: {
      subject: textOf(message.subject),
      ...readHeadFields(headers ?? [], { references: [], recipients: resolved }),
      itemClass: property(classProperty) || null,
    },
    transportHeaders: headers?.map(({ name, value }) => `${name}: ${value}\r\n`).join('') ?? null,
  }
}

/** Null when the answer has no list of them, which is not the same as an empty one. Unfolded: one line each. */
function readHeaders(value: unknown): { name: string; value: string }[] | null {
  if (!Array.isArray(value)) return null
  return listOf(value)
    .map((header) => ({
      name: textOf(header.name),
      value: textOf(header.value)
        .split(/[\r\n]+/)
        .map((line) => line.trim())
        .join(' '),
    }))
    .filter(({ name }) => fieldName.test(name))
}

/** RFC 5322 3.6.8. */
const fieldName = /^[!-9;-~]+$/

/** Graph writes the ids of properties back in its own way: `Integer 0xe08`. */
function extendedProperties(message: JsonObject): (id: string) => string {
  const values = new Map(
    listOf(message.singleValueExtendedProperties).map(({ id, value }) => [
      textOf(id).toLowerCase(),
      textOf(value),
    ]),
  )
  return (id) => values.get(id.toLowerCase()) ?? ''
}
