import { readNumber } from './odata/query-options.ts'
import type { GraphRequest } from './request.ts'

const USUAL_SIZE = 10
const LARGEST_SIZE = 1000

/** A page of a list by `$top` and `$skip`, with the link to the next one. */
export function cutPage<Entry>(
  entries: Entry[],
  options: { $top?: string; $skip?: string },
  request: GraphRequest,
): { entries: Entry[]; nextLink: string | undefined } {
  const top = readNumber('$top', options.$top, { otherwise: USUAL_SIZE, least: 1, most: LARGEST_SIZE })
  const skip = readNumber('$skip', options.$skip, { otherwise: 0, least: 0, most: 999_999_999 })
  const end = skip + top
  return {
    entries: entries.slice(skip, end),
    nextLink: end < entries.length ? linkWith(request, { $skip: String(end) }) : undefined,
  }
}

/** The URL of a request with other values for some options of its query. */
function linkWith({ origin, path, query }: GraphRequest, change: Record<string, string>): string {
  const next = new URLSearchParams(query)
  for (const [name, value] of Object.entries(change)) next.set(name, value)
  return `${origin}${path}?${next}`
}
