/**
 * One text for one JSON value, whatever the order of its members (RFC 8785, JCS): no spaces, members sorted by UTF-16
 * code units; numbers and strings are written as JavaScript's `JSON.stringify` writes them, which is what the RFC took
 * over. `value` must be what `JSON.parse` returns: no dates, no undefined members.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`
  }
  return JSON.stringify(value)
}
