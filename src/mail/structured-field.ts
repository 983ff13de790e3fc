import { decodeText } from './decode-text.ts'

/** A header field of the form `value; name=value` (RFC 2045, 5.1), such as Content-Type. */
export interface StructuredField {
  /** Lower-cased, without comments. */
  value: string
  /** By their lower-cased names; what is continued over several (RFC 2231) in one piece. */
  parameters: ReadonlyMap<string, string>
  /** Parameters that stand there twice with different values. */
  contradicted: ReadonlySet<string>
}

/** Reads a structured field. Of two parameters of one name the first counts. */
export function readStructuredField(text: string): StructuredField {
  const [value = '', ...rest] = segmentsOf(text)
  const parameters = new Map<string, string>()
  const contradicted = new Set<string>()
  const set = (name: string, value: string) => {
    const earlier = parameters.get(name)
    if (earlier === undefined) parameters.set(name, value)
    else if (earlier !== value) contradicted.add(name)
  }
  const continued = new Map<string, Section[]>()
  for (const segment of rest) {
    const equals = segment.indexOf('=')
    const name = segment.slice(0, Math.max(equals, 0)).trim().toLowerCase()
    const [, base = '', number, star] = /^([^*]+)(?:\*(\d{1,4}))?(\*)?$/.exec(name) ?? []
    if (base === '') continue
    const section = {
      number: Number(number ?? 0),
      isEncoded: star !== undefined,
      text: unquoted(segment.slice(equals + 1)),
    }
    if (number === undefined && star === undefined) set(base, section.text)
    else continued.set(base, [...(continued.get(base) ?? []).slice(0, mostSections), section])
  }
  for (const [name, sections] of continued) set(name, joined(sections))
  return { value: unquoted(value).toLowerCase(), parameters, contradicted }
}

/** Of one parameter; more are left out. */
const mostSections = 100

interface Section {
  number: number
  isEncoded: boolean
  text: string
}

/** RFC 2231, 3 and 4: the first encoded section names the character set of all. */
function joined(sections: Section[]): string {
  const inOrder = sections.toSorted((one, other) => one.number - other.number)
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
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    const taken = character === '\\' && (isQuoted || comments > 0) ? text.slice(at, at + 2) : character
    at += taken.length - 1
    if (isQuoted || comments === 0) {
      // Within a token a parenthesis is a character: `name=plan(1).pdf`.
      if (taken === '"') isQuoted = !isQuoted
      else if (taken === '(' && !isQuoted && (!segment.includes('=') || /\s$/.test(segment.slice(-1))))
        comments += 1
      if (comments > 0) continue
      if (taken === ';' && !isQuoted) {
        segments.push(segment)
        segment = ''
      } else segment += taken
    } else if (taken === '(') comments += 1
    else if (taken === ')') comments -= 1
  }
  return [...segments, segment]
}

/** A token or a quoted string; what follows the latter is no part of it. */
function unquoted(text: string): string {
  const token = text.trim()
  if (!token.startsWith('"')) return token
  const quoted = /^"((?:[^"\\]|\\.)*)/s.exec(token)?.[1] ?? ''
  return quoted.replace(/\\(.)/gs, '$1')
}
