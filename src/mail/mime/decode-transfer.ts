import { readStructuredField } from './structured-field.ts'

export interface Decoded {
  octets: Buffer
  /** False where two decoders may make different octets of it. */
  isSound: boolean
  /** False where it breaks off, or `most` octets were not all. */
  isWhole: boolean
}

/** Whether a Content-Transfer-Encoding leaves octets as they are, in the words of people's mailers. */
export function encodesNothing(encoding: string): boolean {
  return /^(|[78]-?bits?|binary|none)$/.test(readStructuredField(encoding).value)
}

export function isBase64(encoding: string): boolean {
  return readStructuredField(encoding).value === 'base64'
}

/** Undoes a Content-Transfer-Encoding (RFC 2045, 6) of the first `most` octets of a body. */
export function decodeTransfer(body: Buffer, encoding: string, most: number): Decoded {
  const octets = body.subarray(0, most)
  const isWhole = octets.length === body.length
  if (isBase64(encoding)) return decodeBase64(octets, isWhole)
  if (readStructuredField(encoding).value === 'quoted-printable')
    return decodeQuotedPrintable(octets, isWhole)
  return { octets, isSound: encodesNothing(encoding) && !seemsQuotedPrintable(octets), isWhole }
}

/** Of text that claims to be none, whose lines would go on in the next. */
function seemsQuotedPrintable(octets: Buffer): boolean {
  if (!octets.includes('=\n') && !octets.includes('=\r\n')) return false
  return /=[0-9A-F]{2}/.test(octets.toString('latin1'))
}

/** Decoders skip other characters or stop at them, and stop at padding or go on below it. */
function decodeBase64(octets: Buffer, isWhole: boolean): Decoded {
  const text = octets.toString('latin1').replace(/\s+/g, '')
  const isSound = isWhole ? text.length % 4 === 0 : true
  return {
    octets: Buffer.from(text, 'base64'),
    isSound: isSound && /^[a-z0-9+/]*={0,2}$/i.test(text),
    isWhole,
  }
}

/** What is no encoding stands for itself (RFC 2045, 6.7). */
function decodeQuotedPrintable(octets: Buffer, isWhole: boolean): Decoded {
  const text = octets
    .toString('latin1')
    .replace(/=([0-9a-f]{2})|=[ \t]*\r?\n/gi, (_, hex?: string) =>
      hex === undefined ? '' : String.fromCharCode(Number.parseInt(hex, 16)),
    )
  return {
    octets: Buffer.from(text, 'latin1'),
    isSound: true,
    isWhole: isWhole && !/=\s*$/.test(octets.toString('latin1').slice(-100)),
  }
}
