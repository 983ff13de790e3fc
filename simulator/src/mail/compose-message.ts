import type { HeaderField } from './header-block.ts'

export interface BodyPart {
  contentType: string
  /** Goes into the part as UTF-8, encoded in base64 unless the type forbids an encoding. */
  text: string
}

/** Writes an RFC 5322 message with one body part, or a multipart of the given type with several. */
export function composeMessage(
  fields: HeaderField[],
  parts: BodyPart[],
  multipartType = 'multipart/alternative',
): Buffer {
  const header = fields.map(({ name, value }) => `${name}: ${value}\r\n`).join('')
  const [only] = parts
  if (parts.length === 1 && only) return Buffer.from(`${header}MIME-Version: 1.0\r\n${writePart(only)}`)
  const boundary = `_000_${Buffer.from(String(fields.length * 7919 + parts.length)).toString('hex')}_simulator_`
  const body = parts.map((part) => `--${boundary}\r\n${writePart(part)}\r\n`).join('')
  return Buffer.from(
    `${header}MIME-Version: 1.0\r\nContent-Type: ${multipartType}; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`,
  )
}

function writePart({ contentType, text }: BodyPart): string {
  // RFC 3462 and RFC 3464: these parts travel as they are.
  if (/^message\/|^text\/rfc822-headers/.test(contentType))
    return `Content-Type: ${contentType}\r\n\r\n${text}`
  const lines =
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  return `Content-Type: ${contentType}\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines.join('\r\n')}`
}

const LONGEST_CHUNK = 45 // octets: base64 makes 60 of them, and an encoded word holds 75 (RFC 2047, section 2)

/** Text for an unstructured field or a display name, as RFC 2047 encoded words where it is not plain ASCII. */
export function encodeText(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  const chunks: string[] = ['']
  for (const character of text.replace(/[\r\n]+/g, ' ')) {
    const last = chunks[chunks.length - 1] ?? ''
    if (Buffer.byteLength(last + character) > LONGEST_CHUNK) chunks.push(character)
    else chunks[chunks.length - 1] = last + character
  }
  return chunks.map((chunk) => `=?utf-8?B?${Buffer.from(chunk).toString('base64')}?=`).join('\r\n ')
}

/** `"Name" <local@domain>`; the name is encoded or quoted. */
export function formatAddress({ name, address }: { name: string; address: string }): string {
  if (name === '') return address
  const display = /^[ -~]*$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encodeText(name)
  return `${display} <${address}>`
}

/** RFC 5322 date-time in UTC. */
export function formatDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString().replace('GMT', '+0000')
}
