import { graphErrors } from '../graph-error.ts'

/**
 * The options of a query, of which each may come once.
 * @throws GraphError 400 for one that is not among `allowed`
 */
export function readOptions<Name extends string>(
  query: URLSearchParams,
  allowed: readonly Name[],
): Partial<Record<Name, string>> {
  const options: Partial<Record<Name, string>> = {}
  for (const [name, value] of query) {
    const known = allowed.find((option) => option.toLowerCase() === name.toLowerCase())
    if (known === undefined)
      throw graphErrors.badRequest(`The query parameter '${name}' is not supported here.`)
    if (options[known] !== undefined)
      throw graphErrors.badRequest(
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      )
    options[known] = value
  }
  return options
}

/** A whole number within bounds, such as `$top`. */
export function readNumber(
  name: string,
  text: string | undefined,
  { otherwise, least, most }: { otherwise: number; least: number; most: number },
): number {
  if (text === undefined) return otherwise
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= least && number <= most))
    throw graphErrors.badRequest(
      `Invalid value '${text}' for '${name}' query option found. It has to be from ${least} to ${most}.`,
    )
  return number
}

/** The names in `$select`, or `null` without one. */
export function readSelect(
  text: string | undefined,
  known: (name: string) => boolean,
  type: string,
): string[] | null {
  if (text === undefined) return null
  const names = text.split(',').map((name) => name.trim())
  for (const name of names) if (!known(name)) throw graphErrors.unknownProperty(name, type)
  return names
}

export interface Order {
  name: string
  isDescending: boolean
}

/** The properties in `$orderby`, each `asc` or `desc`. */
export function readOrderBy(text: string | undefined): Order[] {
  if (text === undefined) return []
  return text.split(',').map((part) => {
    const [, name, direction] = /^\s*([A-Za-z/]+)(?:\s+(asc|desc))?\s*$/.exec(part) ?? []
    if (name === undefined) throw graphErrors.badRequest(`Syntax error in '$orderby': '${part}'.`)
    return { name, isDescending: direction === 'desc' }
  })
}
