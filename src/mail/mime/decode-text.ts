import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** Labels of what Western mailers write; their text is as often in UTF-8. */
const western = /^(iso[-_ ]?8859-?(1|15)|latin-?[19]|(cp|windows)-?1252)$/

/**
 * The text that octets hold in the character set of this label (RFC 2045, 2.2). Never throws. A byte order mark comes
 * before the label, and UTF-8 that cannot be anything else before a Western one. Where no label tells, or it does not
 * fit, words are taken for windows-1252 if they look like it; what does not, stays unreadable.
 */
export function decodeText(octets: Uint8Array, label: string): string {
  const charset = label.trim().toLowerCase()
  const marked = markOf(octets)
  if (marked !== null) return new TextDecoder(marked).decode(octets)
  if (/^(|utf-?8|us-?ascii|ascii)$/.test(charset)) return guess(octets)
  if (/^utf-?16$/.test(charset)) {
    return new TextDecoder(isBigEndian(octets) ? 'utf-16be' : 'utf-16le').decode(octets)
  }
  if (western.test(charset) && isUtf8(octets)) return new TextDecoder().decode(octets)
  return decodeByLabel(octets, charset) ?? guess(octets)
}

function markOf([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return null
}

/** RFC 2781, 4.3 has it so without a mark; but what people write there holds more ASCII than anything else. */
function isBigEndian(octets: Uint8Array): boolean {
  let zeros = 0
  for (const [at, octet] of octets.subarray(0, 1_024).entries()) {
    if (octet === 0) zeros += at % 2 === 0 ? 1 : -1
  }
  return zeros >= 0
}

/** Of octets that no label tells of, or a wrong one. */
function guess(octets: Uint8Array): string {
  const text = new TextDecoder().decode(octets)
  // A gateway may have added a line in another character set: the rest stays what it is.
  if (isUtf8(octets) || /[\u0080-\ufffc]/.test(text)) return text
  return Buffer.from(octets)
    .toString('latin1')
    .replace(/[a-z\x80-\xff]+/gi, (word) =>
      isWestern(word) ? new TextDecoder('windows-1252').decode(Buffer.from(word, 'latin1')) : '\ufffd',
    )
}

/** In other scripts a word holds no letters of ASCII: taken for Western ones, it might be an answer by accident. */
function isWestern(word: string): boolean {
  return word.replace(/[^a-z]+/gi, '').length * 2 >= word.length
}

/** Null for a label that nobody knows. */
function decodeByLabel(octets: Uint8Array, charset: string): string | null {
  const known = decoderOf(charset) ?? decoderOf(charset.replace(/^(x-ms-|x-|cs)/, ''))
  if (known !== null) return known.decode(octets)
  return iconv.encodingExists(charset) ? iconv.decode(Buffer.from(octets), charset) : null
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(label)
  } catch {
    return null
  }
}
