/**
 * Matches a request path with a pattern such as `/webmail/:address/messages/:id`. Returns the decoded values by
 * name, or null when it does not fit or holds a broken escape.
 */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const values: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? ''
    if (!segment.startsWith(':')) {
      if (segment !== value) return null
    } else {
      try {
        values[segment.slice(1)] = decodeURIComponent(value)
      } catch {
        return null
      }
    }
  }
  return values
}
