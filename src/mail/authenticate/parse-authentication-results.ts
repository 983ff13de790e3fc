/** One method of an Authentication-Results header (RFC 8601, section 2.2): `dmarc=pass action=none header.from=…`. */
export interface MethodResult {
  /** Lower case, without its version. */
  method: string
  /** Lower case. */
  result: string
  /** Lower-case names, values in lower case: `action`, `reason`, `header.from` … The first of each name counts. */
  properties: Map<string, string>
}

/** Exchange writes some 300 octets. */
const MAX_LENGTH = 8_000

/**
 * The methods of an Authentication-Results header, in order. An authserv-id is passed over; Exchange Online writes none.
 * A value that is too long or not well formed has no methods: half of it might be the half that a forger wants read.
 */
export function parseAuthenticationResults(value: string): MethodResult[] {
  const parts = value.length > MAX_LENGTH ? null : splitParts(value)
  return parts === null ? [] : parts.flatMap((part) => readMethod(part))
}

function readMethod(part: string[]): MethodResult[] {
  const [first, ...rest] = part.map((token) => {
    const equals = token.indexOf('=')
    return equals < 1
      ? null
      : ([token.slice(0, equals).toLowerCase(), token.slice(equals + 1).toLowerCase()] as const)
  })
  if (!first) return []
  const properties = new Map<string, string>()
  for (const property of rest) {
    if (property !== null && !properties.has(property[0])) properties.set(property[0], property[1])
  }
  return [{ method: first[0].replace(/\/.*$/, ''), result: first[1], properties }]
}

/**
 * Splits at semicolons, white space and comments outside quoted strings (RFC 5322, 3.2.2 and 3.2.4), and leaves all of
 * them out but for what is quoted: a comment in the middle of a word parts it in two. Null when a comment or a quoted string is not closed.
 */
function splitParts(value: string): string[][] | null {
  const parts: string[][] = [[]]
  let token = ''
  let depth = 0
  let quoted = false
  const endToken = () => {
    if (token !== '') parts.at(-1)?.push(token)
    token = ''
  }
  for (let index = 0; index < value.length; index++) {
    const character = value.charAt(index)
    if (character === '\\' && (quoted || depth > 0)) {
      index++
      if (quoted) token += value.charAt(index)
    } else if (quoted) {
      if (character === '"') quoted = false
      else token += character
    } else if (character === '(') {
      if (depth === 0) endToken()
      depth++
    } else if (depth > 0) {
      if (character === ')') depth--
    } else if (character === '"') quoted = true
    else if (character === ';') {
      endToken()
      parts.push([])
    } else if (/\s/.test(character)) {
      endToken()
    } else token += character
  }
  endToken()
  return quoted || depth > 0 ? null : parts
}
