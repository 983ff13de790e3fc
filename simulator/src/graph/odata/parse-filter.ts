import { compareValues, type Value } from '../../ews/value.ts'
import { openCursor } from './token-cursor.ts'
import type { Literal } from './tokenise.ts'

/** A property that can be compared. */
export interface FilterField<Entry> {
  type: 'string' | 'boolean' | 'date' | 'number'
  read(entry: Entry): Value
}

/** `path operator value`; a path within an `any` is without its variable. */
export interface Comparison {
  path: string
  operator: string
  value: Literal
}

/** What a filter may name. */
export interface FilterScope<Entry> {
  fields: Record<string, FilterField<Entry>>
  /** The test of `collection/any(v: …)`, whose comparisons are joined by `and`. */
  any?(collection: string, comparisons: Comparison[]): Test<Entry>
}

export type Test<Entry> = (entry: Entry) => boolean

export interface Filter<Entry> {
  test: Test<Entry>
  /** The properties it names, each once, in the order of their first place. */
  paths: string[]
}

/** What a filter's nesting never reaches unless it is hostile. */
const DEEPEST = 20

const operators: Record<string, (difference: number) => boolean> = {
  eq: (difference) => difference === 0,
  ne: (difference) => difference !== 0,
  gt: (difference) => difference > 0,
  ge: (difference) => difference >= 0,
  lt: (difference) => difference < 0,
  le: (difference) => difference <= 0,
}

/**
 * Reads `$filter`: comparisons, `and`, `or`, `not`, parentheses, `startswith`, and `any` over the collections of the scope.
 * @throws GraphError 400 for a syntax error, an unknown property, or a value of another type
 */
export function parseFilter<Entry>(text: string, scope: FilterScope<Entry>): Filter<Entry> {
  const cursor = openCursor(text)
  const { broken } = cursor
  const paths: string[] = []

  function parseOr(depth: number): Test<Entry> {
    const tests = [parseAnd(depth)]
    while (cursor.skip('or')) tests.push(parseAnd(depth))
    return (entry) => tests.some((test) => test(entry))
  }

  function parseAnd(depth: number): Test<Entry> {
    const tests = [parseOne(depth)]
    while (cursor.skip('and')) tests.push(parseOne(depth))
    return (entry) => tests.every((test) => test(entry))
  }

  function parseOne(depth: number): Test<Entry> {
    if (depth > DEEPEST) throw broken('it is nested too deeply')
    if (cursor.skip('not')) {
      const test = parseOne(depth + 1)
      return (entry) => !test(entry)
    }
    if (cursor.skip('(')) {
      const test = parseOr(depth + 1)
      cursor.takeMark(')')
      return test
    }
    if (cursor.skip('startswith')) return parseStartsWith()
    const [, collection] = /^(.+)\/any$/i.exec(cursor.wordAhead()) ?? []
    return collection === undefined ? parseComparison() : parseAny(collection)
  }

  function parseStartsWith(): Test<Entry> {
    cursor.takeMark('(')
    const path = cursor.takeWord()
    cursor.takeMark(',')
    const start = cursor.takeLiteral()
    cursor.takeMark(')')
    const { read } = fieldOf(path, start)
    const wanted = String(start).toLowerCase()
    return (entry) =>
      String(read(entry) ?? '')
        .toLowerCase()
        .startsWith(wanted)
  }

  function parseComparison(): Test<Entry> {
    const { path, operator, value } = takeComparison()
    const { read } = fieldOf(path, value)
    const holds = operators[operator] ?? (() => false)
    return (entry) => holds(differenceOf(read(entry), value))
  }

  function takeComparison(): Comparison {
    const path = cursor.takeWord()
    const operator = cursor.takeWord()
    if (!Object.hasOwn(operators, operator)) throw broken(`'${operator}' is no operator`)
    return { path, operator, value: cursor.takeLiteral() }
  }

  function parseAny(collection: string): Test<Entry> {
    cursor.takeWord()
    cursor.takeMark('(')
    const variable = cursor.takeWord()
    cursor.takeMark(':')
    const comparisons = [takeMemberComparison(variable)]
    while (cursor.skip('and')) comparisons.push(takeMemberComparison(variable))
    cursor.takeMark(')')
    if (!scope.any) throw broken(`'${collection}' cannot be filtered by`)
    note(collection)
    return scope.any(collection, comparisons)
  }

  function takeMemberComparison(variable: string): Comparison {
    const { path, ...rest } = takeComparison()
    if (path !== variable && !path.startsWith(`${variable}/`))
      throw broken(`'${path}' is not of '${variable}'`)
    return { path: path.slice(variable.length + 1), ...rest }
  }

  function fieldOf(path: string, value: Literal): FilterField<Entry> {
    const field = Object.hasOwn(scope.fields, path) ? scope.fields[path] : undefined
    if (!field) throw broken(`'${path}' cannot be filtered by`)
    const type = value instanceof Date ? 'date' : typeof value
    if (value !== null && type !== field.type)
      throw broken(`operand types '${field.type}' and '${type}' do not go together`)
    note(path)
    return field
  }

  function note(path: string): void {
    if (!paths.includes(path)) paths.push(path)
  }

  const test = parseOr(0)
  if (!cursor.isAtEnd()) throw broken('something is left at the end')
  return { test, paths }
}

/** What is absent equals null, differs from all else, and is neither more nor less. */
function differenceOf(present: Value, value: Literal): number {
  if (present === undefined || value === null) return present === undefined && value === null ? 0 : Number.NaN
  return compareValues(present, value)
}
