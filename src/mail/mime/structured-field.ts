import { decodeText } from './decode-text.ts'

/** A header field of the form `value; name=value` (RFC 2045, 5.1), such as Content-Type. */
export interface StructuredField {
  /** Lower-cased, without comments. */
  value: string
  /** By their lower-cased names; what is continued over several (RFC 2231) in one piece. */
  parameters: ReadonlyMap<string, string>
  /** Parameters that readers take for different values: written twice, or against the grammar. */
  doubtful: ReadonlySet<string>
}

/** Reads a structured field. Of two parameters of one name the first counts. */
export function readStructuredField(text: string): StructuredField {
  const [first = '', ...segments] = segmentsOf(text)
  const parameters = new Map<string, string>()
  const doubtful = new Set<string>()
  const set = (name: string, value: string, isDoubtful: boolean) => {
    const earlier = parameters.get(name)
    if (earlier === undefined) parameters.set(name, value)
    if (isDoubtful || (earlier ?? value) !== value) doubtful.add(name)
  }
  const continued = new Map<string, Section[]>()
  for (const segment of segments) {
    const equals = segment.indexOf('=')
    const name = segment.slice(0, Math.max(equals, 0)).trim().toLowerCase()
    const [, base = '', number, star] = /^([^*]+)(?:\*(\d{1,4}))?(\*)?$/.exec(name) ?? []
    if (base === '') continue
    const { value, isDoubtful } = readValue(segment.slice(equals + 1))
    if (number === undefined && star === undefined) {
      set(base, value, isDoubtful)
      continue
    }
    const section = { number: Number(number ?? 0), isEncoded: star !== undefined, text: value, isDoubtful }
    const sections = continued.get(base)
    if (sections === undefined) continued.set(base, [section])
    else if (sections.length <= mostSections) sections.push(section)
  }
  for (const [name, sections] of continued) {
    const inOrder = sections.toSorted((one, other) => one.number - other.number)
    set(
      name,
      joined(inOrder),
      inOrder.some(({ number, isDoubtful }, at) => number !== at || isDoubtful),
    )
  }
  return { value: readValue(first).value.toLowerCase(), parameters, doubtful }
}

/** Of one parameter; more are left out. */
const mostSections = 100

interface Section {
  number: number
  isEncoded: boolean
  text: string
  isDoubtful: boolean
}

/** RFC 2231, 3 and 4: the first encoded section names the character set of all. */
function joined(inOrder: Section[]): string {
  const [, charset = 'utf-8', text = ''] = /^([^']*)'[^']*'(.*)$/s.exec(inOrder[0]?.text ?? '') ?? []
  const first = inOrder[0]
  if (first?.isEncoded !== true || text === '') return inOrder.map((section) => section.text).join('')
  const octets = inOrder.map((section) => {
    const raw = section === first ? text : section.text
    return section.isEncoded
      ? raw.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      : raw
  })
  return decodeText(Buffer.from(octets.join(''), 'latin1'), charset)
}

/** The field cut at the semicolons outside quoted strings and comments; comments are left out (RFC 5322, 3.2.2). */
function segmentsOf(text: string): string[] {
  const segments: string[] = []
  let segment = ''
  let comments = 0
  let isQuoted = false
  // Whether a value has begun: in a token a parenthesis is a character, as in `name=plan(1).pdf`.
  let isValue = false
  let before = ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    const taken = character === '\\' && (isQuoted || comments > 0) ? text.slice(at, at + 2) : character
    at += taken.length - 1
    if (comments > 0) {
      if (taken === '(') comments += 1
      else if (taken === ')') comments -= 1
    } else if (taken === '(' && !isQuoted && (!isValue || /\s/.test(before))) {
      comments = 1
    } else if (taken === ';' && !isQuoted) {
      segments.push(segment)
      segment = ''
      isValue = false
    } else {
      if (taken === '"') isQuoted = !isQuoted
      else if (taken === '=') isValue = true
      segment += taken
      before = taken
    }
  }
  return [...segments, segment]
}

/** A token or a quoted string, and whether there is more than that: readers differ on what that is. */
function readValue(text: string): { value: string; isDoubtful: boolean } {
  const token = text.trim()
  if (!token.startsWith('"')) return { value: token, isDoubtful: /[\s"(]/.test(token) }
  const [quoted = '', inner = ''] = /^"((?:[^"\\]|\\.)*)"?/s.exec(token) ?? []
  const isClosed = quoted.length === inner.length + 2
  return { value: inner.replace(/\\(.)/gs, '$1'), isDoubtful: !isClosed || quoted.length < token.length }
}
