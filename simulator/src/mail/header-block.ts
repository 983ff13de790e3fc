import { addressParser, decodeWords } from 'postal-mime'

/** One header field, unfolded; RFC 2047 words are still encoded. */
export interface HeaderField {
  name: string
  value: string
}

export interface HeaderBlock {
  fields: HeaderField[]
  /** Offset of the first octet of the body. */
  bodyStart: number
}

export interface Address {
  name: string
  /** As written; compare in lower case. */
  address: string
}

/** Reads the header block of an RFC 5322 message; lines that are no field are left out. */
export function readHeaderBlock(raw: Buffer): HeaderBlock {
  const { text, bodyStart } = cutHeader(raw)
  const fields: HeaderField[] = []
  for (const line of text.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0 && /^[!-9;-~]+[ \t]*$/.test(line.slice(0, colon))) {
      fields.push({ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() })
    }
  }
  return { fields, bodyStart }
}

/** The header block as it stands, folds included, without the empty line: what PR_TRANSPORT_MESSAGE_HEADERS holds. */
export function rawHeaderText(raw: Buffer): string {
  return cutHeader(raw).text
}

function cutHeader(raw: Buffer): { text: string; bodyStart: number } {
  const crlf = raw.indexOf('\r\n\r\n')
  const lf = raw.indexOf('\n\n')
  const withCrlf = crlf >= 0 && (lf < 0 || crlf < lf)
  if (!withCrlf && lf < 0) return { text: raw.toString('utf8'), bodyStart: raw.length }
  const end = withCrlf ? crlf + 2 : lf + 1
  return { text: raw.toString('utf8', 0, end), bodyStart: end + (withCrlf ? 2 : 1) }
}

/** The value of the first field of this name, or `undefined`. */
export function fieldValue(fields: HeaderField[], name: string): string | undefined {
  const wanted = name.toLowerCase()
  return fields.find((field) => field.name.toLowerCase() === wanted)?.value
}

/** The addresses of every field of this name, groups taken apart. */
export function addressesIn(fields: HeaderField[], name: string): Address[] {
  const wanted = name.toLowerCase()
  return fields
    .filter((field) => field.name.toLowerCase() === wanted)
    .flatMap((field) => addressParser(field.value, { flatten: true }))
    .map(({ name: display, address }) => ({ name: display ?? '', address: address ?? '' }))
}

/** Text of an unstructured field with its RFC 2047 words decoded. */
export function decodeText(value: string): string {
  return value.includes('=?') ? decodeWords(value) : value
}

/**
 * Writes a message anew: `before`, the fields of `raw` that `keep` lets stand (folded as they came), `after`, the body.
 * Line ends of the header become CRLF.
 */
export function rewriteHeader(
  raw: Buffer,
  change: { before?: HeaderField[]; keep?: (name: string) => boolean; after?: HeaderField[] },
): Buffer {
  const { text, bodyStart } = cutHeader(raw)
  const kept = text
    .split(/\r?\n(?![ \t])/)
    .filter(
      (line) => line !== '' && (change.keep?.(line.slice(0, line.indexOf(':')).trim().toLowerCase()) ?? true),
    )
    .map((line) => line.replace(/\r?\n/g, '\r\n'))
  const written = (fields: HeaderField[] = []) => fields.map(({ name, value }) => `${name}: ${value}`)
  const header = [...written(change.before), ...kept, ...written(change.after)]
    .map((line) => `${line}\r\n`)
    .join('')
  return Buffer.concat([Buffer.from(`${header}\r\n`), raw.subarray(bodyStart)])
}
