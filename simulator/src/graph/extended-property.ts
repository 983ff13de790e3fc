import { check, isString } from '../check-json.ts'
import { type ExtendedProperty, extendedValue } from '../ews/extended-property.ts'
import { type Value, writeValue } from '../ews/value.ts'
import { InvalidInput } from '../invalid-input.ts'
import type { Item } from '../mail/folder.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { GraphError, graphErrors } from './graph-error.ts'
import type { Comparison, Test } from './odata/parse-filter.ts'

/** A single-value MAPI property as Graph names it. */
export interface SingleValueProperty {
  /** As Graph writes it: tags in lower case and without leading zeros. */
  id: string
  property: ExtendedProperty
}

const types = ['Boolean', 'Currency', 'Double', 'Float', 'Integer', 'Long', 'Short', 'String', 'SystemTime']
const INTERNET_HEADERS = '00020386-0000-0000-c000-000000000046'

/**
 * Reads an id such as `Integer 0xE08` or `String {guid} Name WfRequestKey`:
 * https://learn.microsoft.com/graph/api/resources/extended-properties-overview#id-formats
 * @throws GraphError 400 ErrorInvalidProperty
 */
function readPropertyId(id: string): SingleValueProperty {
  const [, type = '', tag, set, kind, name = ''] =
    /^(\w+) (?:0x([0-9a-fA-F]{1,4})|\{([0-9a-fA-F-]{36})\} (Name|Id) (.+))$/.exec(id.trim()) ?? []
  if (!types.includes(type))
    throw new GraphError(
      400,
      'ErrorInvalidProperty',
      `PropertyId values may only be in one of the following formats: 'MapiPropertyType namespaceGuid Name propertyName', 'MapiPropertyType namespaceGuid Id propertyId' or 'MapiPropertyType propertyTag'; '${id}' is in none.`,
    )
  if (tag !== undefined) {
    const number = Number.parseInt(tag, 16)
    return {
      id: `${type} 0x${number.toString(16)}`,
      property: { key: `tag ${number}`, header: null, type, uri: {} },
    }
  }
  const guid = String(set).toLowerCase()
  const isHeader = guid === INTERNET_HEADERS && kind === 'Name'
  return {
    id: `${type} {${guid}} ${kind} ${name}`,
    property: {
      key: isHeader
        ? `header ${name.toLowerCase()}`
        : `${guid} ${kind === 'Name' ? name : `#${Number(name)}`}`,
      header: isHeader ? name.toLowerCase() : null,
      type,
      uri: isHeader ? { PropertyName: name } : {},
    },
  }
}

/** Reads `$expand`, which in a mailbox is `singleValueExtendedProperties($filter=id eq '…' or id eq '…')`. */
export function readExpand(text: string | undefined): SingleValueProperty[] {
  if (text === undefined) return []
  const condition = /^singleValueExtendedProperties\(\$filter=(.+)\)$/i.exec(text.trim())?.[1]
  if (condition === undefined) throw graphErrors.notSimulated(`$expand=${text}`)
  return condition.split(/\s+or\s+(?=id\s)/).map((part) => {
    const id = /^\s*id eq '((?:[^']|'')+)'\s*$/.exec(part)?.[1]
    if (id === undefined) throw graphErrors.badRequest(`Invalid filter clause: '${part}' in '$expand'.`)
    return readPropertyId(id.replaceAll("''", "'"))
  })
}

/** What an item has of the wanted properties; nothing when it has none, as Graph leaves the member out then. */
export function writeExtended(
  mailbox: Mailbox,
  item: Item,
  wanted: SingleValueProperty[],
): object[] | undefined {
  const found = wanted.flatMap(({ id, property }) => {
    const value = extendedValue(mailbox, item, property)
    return value === undefined || Array.isArray(value) ? [] : [{ id, value: writeValue(value) }]
  })
  return found.length > 0 ? found : undefined
}

/** The test of `singleValueExtendedProperties/any(ep: ep/id eq '…' and ep/value eq '…')`. */
export function testExtended(mailbox: Mailbox, comparisons: Comparison[]): Test<Item> {
  const equalTo = (path: string) =>
    comparisons.find((one) => one.path === path && one.operator === 'eq')?.value
  const [id, wanted] = [equalTo('id'), equalTo('value')]
  if (typeof id !== 'string' || typeof wanted !== 'string' || comparisons.length !== 2)
    throw graphErrors.notSimulated('another filter on extended properties than id eq and value eq')
  const { property } = readPropertyId(id)
  return (item) => textOf(extendedValue(mailbox, item, property)) === wanted
}

function textOf(value: Value): string | null {
  return value === undefined || Array.isArray(value) ? null : writeValue(value)
}

/** Reads `singleValueExtendedProperties` of a message that a client writes. */
export function readExtended(value: unknown): { property: ExtendedProperty; value: string }[] {
  if (!Array.isArray(value)) throw new InvalidInput('"singleValueExtendedProperties" is a list')
  return value.map((entry) => {
    const { id, value: text } = check(entry, { id: isString, value: isString }, ['id', 'value'])
    return { property: readPropertyId(String(id)).property, value: String(text) }
  })
}
