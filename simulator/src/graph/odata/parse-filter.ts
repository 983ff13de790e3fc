import { compareValues, type Value } from '../../ews/value.ts'
import { graphErrors } from '../graph-error.ts'
import { type Literal, type Token, tokenise } from './tokenise.ts'

/** A property that can be compared. */
export interface FilterField<Entry> {
  type: 'string' | 'boolean' | 'date' | 'number'
  read(entry: Entry): Value
}

/** `path operator value`, where a path may begin with the variable of an `any`. */
export interface Comparison {
  path: string
  operator: string
  value: Literal
}

/** What a filter may name. */
export interface FilterScope<Entry> {
  fields: Record<string, FilterField<Entry>>
  /** The test of `collection/any(v: …)`, whose comparisons are joined by `and`; paths are without the variable. */
  any?(collection: string, comparisons: Comparison[]): Test<Entry>
}

export type Test<Entry> = (entry: Entry) => boolean

export interface Filter<Entry> {
  test: Test<Entry>
  /** The properties it names, each once, in the order of their first place. */
  paths: string[]
}

/** What a filter's nesting and length never reach unless it is hostile. */
const DEEPEST = 20
const MOST_TOKENS = 500

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
  const tokens = tokenise(text)
  if (tokens.length > MOST_TOKENS) throw broken('it is too long')
  const paths: string[] = []
  let at = 0

  function broken(reason: string) {
    return graphErrors.badRequest(`Invalid filter clause: ${reason} in '${text}'.`)
  }
  const peek = (): Token | undefined => tokens[at]
  const isNext = (kind: 'word' | 'mark', wanted: string) => {
    const token = peek()
    return token?.kind === kind && token.text === wanted
  }
  function take(kind: 'word' | 'mark', wanted?: string): string {
    const token = tokens[at]
    if (token?.kind !== kind || (wanted !== undefined && token.text !== wanted))
      throw broken(`${wanted ?? `a ${kind}`} expected at part ${at + 1}`)
    at += 1
    return token.text
  }
  function takeLiteral(): Literal {
    const token = tokens[at]
    if (token?.kind !== 'literal') throw broken(`a value expected at part ${at + 1}`)
    at += 1
    return token.value
  }

  function parseOr(depth: number): Test<Entry> {
    const tests = [parseAnd(depth)]
    while (isNext('word', 'or')) {
      at += 1
      tests.push(parseAnd(depth))
    }
    return (entry) => tests.some((test) => test(entry))
  }

  function parseAnd(depth: number): Test<Entry> {
    const tests = [parseOne(depth)]
    while (isNext('word', 'and')) {
      at += 1
      tests.push(parseOne(depth))
    }
    return (entry) => tests.every((test) => test(entry))
  }

  function parseOne(depth: number): Test<Entry> {
    if (depth > DEEPEST) throw broken('it is nested too deeply')
    if (isNext('word', 'not')) {
      at += 1
      const test = parseOne(depth + 1)
      return (entry) => !test(entry)
    }
    if (isNext('mark', '(')) {
      at += 1
      const test = parseOr(depth + 1)
      take('mark', ')')
      return test
    }
    if (isNext('word', 'startswith')) return parseStartsWith()
    const [, collection] = /^(.+)\/any$/i.exec(wordAhead()) ?? []
    return collection === undefined ? parseComparison() : parseAny(collection)
  }

  function wordAhead(): string {
    const token = peek()
    return token?.kind === 'word' ? token.text : ''
  }

  function parseStartsWith(): Test<Entry> {
    take('word', 'startswith')
    take('mark', '(')
    const { read } = fieldOf(take('word'), 'string')
    take('mark', ',')
    const start = String(takeLiteral()).toLowerCase()
    take('mark', ')')
    return (entry) =>
      String(read(entry) ?? '')
        .toLowerCase()
        .startsWith(start)
  }

  function parseComparison(): Test<Entry> {
    const { path, operator, value } = takeComparison()
    const { read } = fieldOf(path, value)
    const holds = operators[operator] ?? (() => false)
    return (entry) => {
      const present = read(entry)
      if (present === undefined || value === null)
        return (operator === 'eq') === (present === undefined && value === null)
      return holds(compareValues(present, value))
    }
  }

  function takeComparison(): Comparison {
    const path = take('word')
    const operator = take('word')
    if (!Object.hasOwn(operators, operator)) throw broken(`'${operator}' is no operator`)
    return { path, operator, value: takeLiteral() }
  }

  function parseAny(collection: string): Test<Entry> {
    take('word')
    take('mark', '(')
    const variable = take('word')
    take('mark', ':')
    const comparisons: Comparison[] = []
    do {
      if (comparisons.length > 0) take('word', 'and')
      const { path, ...rest } = takeComparison()
      if (path !== variable && !path.startsWith(`${variable}/`))
        throw broken(`'${path}' is not of '${variable}'`)
      comparisons.push({ path: path.slice(variable.length + 1), ...rest })
    } while (isNext('word', 'and'))
    take('mark', ')')
    if (!scope.any) throw broken(`'${collection}' cannot be filtered by`)
    note(collection)
    return scope.any(collection, comparisons)
  }

  function fieldOf(path: string, value: Literal | 'string'): FilterField<Entry> {
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
  if (at < tokens.length) throw broken(`something is left at part ${at + 1}`)
  return { test, paths }
}
