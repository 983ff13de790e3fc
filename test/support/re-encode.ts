/** How the content of a text part may be written: RFC 2045 section 6, RFC 3676, and a character set. */
export interface Encoding {
  transfer: 'base64' | 'quoted-printable'
  /** A label of the Encoding Standard. */
  charset: string
  flowed: boolean
}

/**
 * A message with the same texts, each written in another way. Works on octets, part by part, as a relay would that
 * converts what passes through it; parts that are no text, and messages within the message, stay as they are.
 *
 * @returns Null when nothing was written anew: no text part, or one that cannot be read or written so.
 */
export function reEncoded(raw: Buffer, encoding: Encoding): Buffer | null {
  const written = writePart(raw.toString('latin1'), encoding)
  return written === null ? null : Buffer.from(written, 'latin1')
}

/** Octets are kept as the characters of the same number, so that they can be cut like text. */
function writePart(part: string, encoding: Encoding): string | null {
  const gap = /\r?\n\r?\n/.exec(part)
  if (gap === null) return null
  const fields = fieldsOf(part.slice(0, gap.index))
  const body = part.slice(gap.index + gap[0].length)
  const type = fieldValue(fields, 'content-type') ?? 'text/plain'
  const boundary = parameterOf(type, 'boundary')
  if (/^multipart\/(?!signed)/i.test(type) && boundary !== null) {
    const content = writeParts(body, boundary, encoding)
    return content === null ? null : `${part.slice(0, gap.index)}\r\n\r\n${content}`
  }
  if (!/^text\/(plain|html)\b/i.test(type)) return null
  const text = decode(body, fieldValue(fields, 'content-transfer-encoding') ?? '7bit', type)
  const content = text === null ? null : encode(text, type, encoding)
  if (content === null) return null
  const others = fields.filter(
    (field) => !/^(content-type|content-transfer-encoding|mime-version):/i.test(field),
  )
  return [
    ...others,
    'MIME-Version: 1.0',
    `Content-Type: ${type.split(';')[0]}; charset="${encoding.charset}"${formatParameters(type, encoding)}`,
    `Content-Transfer-Encoding: ${encoding.transfer}`,
    '',
    content,
  ].join('\r\n')
}

function writeParts(body: string, boundary: string, encoding: Encoding): string | null {
  const delimiter = boundary.replace(/[^\w]/g, '\\$&')
  const [preamble = '', ...parts] = body.split(new RegExp(`^--${delimiter}(?=--|[ \\t]*\\r?$)`, 'm'))
  const written = parts.map((part) =>
    part.startsWith('--') ? null : writePart(part.replace(/^[ \t]*\r?\n/, ''), encoding),
  )
  if (written.every((part) => part === null)) return null
  return [
    preamble,
    ...parts.map((part, at) => {
      const anew = written[at]
      return anew == null ? part : `\r\n${anew}\r\n`
    }),
  ].join(`--${boundary}`)
}

function fieldsOf(head: string): string[] {
  return head.split(/\r?\n(?![ \t])/)
}

function fieldValue(fields: string[], name: string): string | null {
  const field = fields.find((field) => field.toLowerCase().startsWith(`${name}:`))
  return field === undefined
    ? null
    : field
        .slice(name.length + 1)
        .replace(/\r?\n/g, '')
        .trim()
}

function parameterOf(type: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(type)
  return found?.[1] ?? found?.[2] ?? null
}

function decode(body: string, transfer: string, type: string): string | null {
  const octets = octetsOf(body, transfer.toLowerCase())
  try {
    return octets && new TextDecoder(parameterOf(type, 'charset') ?? 'utf-8', { fatal: true }).decode(octets)
  } catch {
    return null
  }
}

function octetsOf(body: string, transfer: string): Buffer | null {
  if (transfer === 'base64') return Buffer.from(body, 'base64')
  if (transfer === 'quoted-printable') {
    const joined = body.replace(/=[ \t]*\r?\n/g, '')
    return Buffer.from(
      joined.replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    )
  }
  return /^(7bit|8bit|binary)$/.test(transfer) ? Buffer.from(body, 'latin1') : null
}

/** Whether it is to be made flowed; a text that is stays as it is, with the parameters that say so. */
function becomesFlowed(type: string, { flowed }: Encoding): boolean {
  return flowed && /^text\/plain\b/i.test(type) && parameterOf(type, 'format') === null
}

function formatParameters(type: string, encoding: Encoding): string {
  if (becomesFlowed(type, encoding)) return '; format=flowed'
  return ['format', 'delsp']
    .map((name) => [name, parameterOf(type, name)])
    .map(([name, value]) => (value === null ? '' : `; ${name}=${value}`))
    .join('')
}

function encode(text: string, type: string, encoding: Encoding): string | null {
  const octets = inCharset(
    becomesFlowed(type, encoding) ? flow(text) : text.replace(/\r?\n/g, '\r\n'),
    encoding.charset,
  )
  if (octets === null) return null
  return encoding.transfer === 'base64'
    ? octets.toString('base64').replace(/.{76}/g, '$&\r\n')
    : quotedPrintable(octets)
}

/** RFC 3676 section 4: lines broken behind a space, with those spaces gone that would have meant as much. */
function flow(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => {
      const [, marks = '', content = ''] = /^((?:>[ ]?)*)(.*)$/s.exec(line) ?? []
      const depth = marks.replaceAll(' ', '')
      const kept = content === '-- ' ? content : content.trimEnd()
      const stuffed = depth !== '' || /^( |>|From )/.test(kept) ? ' ' : ''
      const lines = kept === '-- ' ? [kept] : kept.replace(/(.{40,70}? )(?=\S)/g, '$1\n').split('\n')
      return lines.map((part) => `${depth}${/^( |>|From )/.test(part) ? ' ' : stuffed}${part}`).join('\r\n')
    })
    .join('\r\n')
}

/** RFC 2045 section 6.7. */
function quotedPrintable(octets: Buffer): string {
  const escaped = octets
    .toString('latin1')
    .replace(/[^\t\r\n -<>-~]|[ \t](?=\r?\n|$)|\r(?!\n)|(?<!\r)\n/g, (octet) => `=${hex(octet)}`)
  return escaped.replace(/[^\r\n]{1,72}(?![\da-fA-F]?(?:\r|\n|$))(?<!=[\da-fA-F]?)/g, '$&=\r\n')
}

function hex(octet: string): string {
  return octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')
}

/** Null when the character set lacks one of the characters. */
function inCharset(text: string, charset: string): Buffer | null {
  if (charset === 'utf-8') return Buffer.from(text)
  if (charset === 'utf-16') return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  const octets = singleOctets(charset)
  const written = Array.from(text, (character) => octets.get(character))
  return written.includes(undefined) ? null : Buffer.from(written as number[])
}

const tables = new Map<string, Map<string, number>>()

/** The octet of each character in a set that has one for each: the decoder of the platform, turned round. */
function singleOctets(charset: string): Map<string, number> {
  const known = tables.get(charset)
  if (known !== undefined) return known
  const decoder = new TextDecoder(charset)
  const table = new Map(
    Array.from({ length: 256 }, (_, octet) => [decoder.decode(Uint8Array.of(octet)), octet]),
  )
  table.delete('\ufffd')
  tables.set(charset, table)
  return table
}
