/** Far less than any secret. */
const SHOWN = 8

/**
 * As much of a mistyped setting as an error may repeat, for it may be a secret that was pasted into the wrong field: of
 * an address its host, of anything else the first letters.
 */
export function repeatableValue(value: string): string {
  const url = URL.parse(value.trim())
  if (url !== null && /^https?:$/.test(url.protocol)) return `${url.origin}/…`
  return value.length <= SHOWN ? value : `${value.slice(0, SHOWN)}…`
}
