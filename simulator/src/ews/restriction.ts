import { EwsError } from './ews-error.ts'
import type { Value } from './item-properties.ts'
import { childNamed, localName, type XmlElement } from './xml-element.ts'

/** Gives what a `t:FieldURI` or `t:ExtendedFieldURI` is worth for an entry; throws for one that cannot be searched. */
export type ReadPath<Entry> = (path: XmlElement) => (entry: Entry) => Value

type Test<Entry> = (entry: Entry) => boolean

/**
 * Makes a test of an `m:Restriction`'s search expression.
 * @throws EwsError ErrorUnsupportedPathForQuery
 */
export function compileRestriction<Entry>(expression: XmlElement, readPath: ReadPath<Entry>): Test<Entry> {
  const name = localName(expression)
  const operands = () => expression.children.map((child) => compileRestriction(child, readPath))
  if (name === 'And') {
    const tests = operands()
    return (entry) => tests.every((test) => test(entry))
  }
  if (name === 'Or') {
    const tests = operands()
    return (entry) => tests.some((test) => test(entry))
  }
  if (name === 'Not') {
    const [test] = operands()
    return (entry) => !test?.(entry)
  }
  const [path, operand] = expression.children
  if (!path) throw new EwsError('ErrorInvalidRequest')
  const read = readPath(path)
  if (name === 'Exists') return (entry) => read(entry) !== undefined
  if (name === 'Contains') return compileContains(expression, read)
  return compileComparison(name, read, readOperand(operand, readPath))
}

function readOperand<Entry>(
  operand: XmlElement | undefined,
  readPath: ReadPath<Entry>,
): (entry: Entry) => Value {
  const [inner] = operand?.children ?? []
  if (!inner) throw new EwsError('ErrorInvalidRequest')
  if (inner.name !== 't:Constant') return readPath(inner)
  const constant = inner.attributes.Value ?? ''
  return () => constant
}

const comparisons: Record<string, (order: number) => boolean> = {
  IsEqualTo: (order) => order === 0,
  IsNotEqualTo: (order) => order !== 0,
  IsGreaterThan: (order) => order > 0,
  IsGreaterThanOrEqualTo: (order) => order >= 0,
  IsLessThan: (order) => order < 0,
  IsLessThanOrEqualTo: (order) => order <= 0,
}

function compileComparison<Entry>(
  name: string,
  left: (entry: Entry) => Value,
  right: (entry: Entry) => Value,
): Test<Entry> {
  const holds = comparisons[name]
  if (!holds) throw new EwsError('ErrorInvalidRequest')
  return (entry) => {
    const value = left(entry)
    const other = right(entry)
    if (value === undefined || other === undefined) return name === 'IsNotEqualTo'
    // A multi-valued property satisfies a comparison when one of its values does.
    if (Array.isArray(value)) return value.some((one) => holds(compareValues(one, other)))
    return holds(compareValues(value, other))
  }
}

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

function compileContains<Entry>(expression: XmlElement, read: (entry: Entry) => Value): Test<Entry> {
  const ignoresCase = expression.attributes.ContainmentComparison?.includes('IgnoreCase') ?? false
  const fold = (text: string) => (ignoresCase ? text.toLowerCase() : text)
  const wanted = fold(childNamed(expression, 't:Constant')?.attributes.Value ?? '')
  const mode = expression.attributes.ContainmentMode ?? 'FullString'
  const holds = (text: string) => {
    if (mode === 'FullString') return text === wanted
    if (mode === 'Prefixed' || mode === 'PrefixOnWords') return text.startsWith(wanted)
    return text.includes(wanted)
  }
  return (entry) => {
    const value = read(entry)
    return (Array.isArray(value) ? value : [value]).some((one) => typeof one === 'string' && holds(fold(one)))
  }
}
