import { dateTime } from './write-xml.ts'

/** What a property is worth in a restriction or a sort order. Moments are dates. */
export type Value = string | number | boolean | Date | string[] | undefined

/** Compares in the type of the first value: constants come as text. Strings compare without case, as the store does. */
export function compareValues(value: Exclude<Value, undefined>, other: Exclude<Value, undefined>): number {
  if (value instanceof Date)
    return value.getTime() - (other instanceof Date ? other.getTime() : Date.parse(String(other)))
  if (typeof value === 'number') return value - Number(other)
  if (typeof value === 'boolean')
    return Number(value) - Number(other === true || other === 'true' || other === '1')
  const [a, b] = [String(value).toLowerCase(), String(other).toLowerCase()]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Reads what a client wrote of a property of a MAPI type (`MapiPropertyTypeType` in types.xsd). */
export function readValue(text: string, type: string): Value {
  if (/^(Short|Integer|Long|Float|Double|Currency)$/.test(type)) return Number(text)
  if (type === 'Boolean') return text === 'true' || text === '1'
  return type === 'SystemTime' ? new Date(text) : text
}

/** Whether a text was one of the type it was read as. */
export function isSound(value: Value): boolean {
  return value instanceof Date || typeof value === 'number' ? !Number.isNaN(Number(value)) : true
}

/** One value as the schema writes it. */
export function writeValue(value: Exclude<Value, undefined | string[]>): string {
  return value instanceof Date ? dateTime(value.getTime()) : String(value)
}
