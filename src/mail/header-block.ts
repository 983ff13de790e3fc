/** Header fields as octets hold them: unfolded, in order, topmost first (RFC 5322 section 2.2). */
import type { MailHeader } from './message.ts'

/** Reads a header block up to its end: unfolded (section 2.2.3), repeated fields kept. */
export function parseHeaderBlock(block: string): MailHeader[] {
  const fields: string[] = []
  for (const line of block.trimStart().split(/\r\n|\n|\r/)) {
    if (line === '') break
    const last = fields.length - 1
    if (/^[ \t]/.test(line) && last >= 0) fields[last] += line
    else fields.push(line)
  }
  return toHeaders(fields)
}

/** Whole fields, each with its folds; what is no field is left out. */
export function toHeaders(fields: string[]): MailHeader[] {
  return fields.map(toHeader).filter(isHeader)
}

function toHeader(field: string): MailHeader {
  const colon = field.indexOf(':')
  return {
    name: field.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase(),
    value: storable(field.slice(colon + 1)).trim(),
  }
}

/** A field name is printable ASCII without colon; anything else is text that strayed here. */
function isHeader({ name }: MailHeader): boolean {
  return /^[!-9;-~]+$/.test(name)
}

/** The topmost field of a (lower-cased) name; null when there is none. */
export function headerValue(headers: MailHeader[], name: string): string | null {
  return headers.find((header) => header.name === name)?.value ?? null
}

/** Message-IDs in order, with their angle brackets; a lone id without brackets (some clients) is given them. */
export function messageIds(value: string | null): string[] {
  if (value === null) return []
  const bracketed = value.match(/<[^<>\s]+>/g)
  if (bracketed !== null) return bracketed
  return /^[^<>\s@]+@[^<>\s@]+$/.test(value) ? [`<${value}>`] : []
}

/** PostgreSQL stores neither NUL nor lone surrogates in text. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}
