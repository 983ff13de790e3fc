import { EwsError } from './ews-error.ts'
import { compareValues, type Value } from './value.ts'
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
  if (name === 'Excludes') return compileExcludes(operand, read)
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

/** Whether none of the bits is set. */
function compileExcludes<Entry>(bitmask: XmlElement | undefined, read: (entry: Entry) => Value): Test<Entry> {
  const bits = Number(bitmask?.attributes.Value)
  return (entry) => {
    const value = read(entry)
    return typeof value === 'number' && (value & bits) === 0
  }
}

const containments: Record<string, (text: string, wanted: string) => boolean> = {
  FullString: (text, wanted) => text === wanted,
  Prefixed: (text, wanted) => text.startsWith(wanted),
  Substring: (text, wanted) => text.includes(wanted),
  PrefixOnWords: (text, wanted) => ` ${text}`.includes(` ${wanted}`),
  ExactPhrase: (text, wanted) => ` ${text} `.includes(` ${wanted} `),
}

function compileContains<Entry>(expression: XmlElement, read: (entry: Entry) => Value): Test<Entry> {
  const { ContainmentComparison: comparison = 'Exact', ContainmentMode: mode = 'FullString' } =
    expression.attributes
  const fold = (text: string) => {
    const bare = comparison.includes('NonSpac') ? text.normalize('NFD').replace(/\p{M}/gu, '') : text
    return comparison.includes('IgnoreCase') ? bare.toLowerCase() : bare
  }
  const holds = containments[mode]
  if (!holds) throw new EwsError('ErrorInvalidRequest')
  const wanted = fold(childNamed(expression, 't:Constant')?.attributes.Value ?? '')
  return (entry) => {
    const value = read(entry)
    return (Array.isArray(value) ? value : [value]).some(
      (one) => typeof one === 'string' && holds(fold(one), wanted),
    )
  }
}
