import { fieldValue, type HeaderBlock, type HeaderField, readHeaderBlock } from '../../mail/header-block.ts'
import { type FieldWithParameters, readParameters } from './parameters.ts'

/** A message or a part of one, by its octets. */
export interface MimePart {
  /** Header, empty line and body. */
  raw: Buffer
  bodyStart: number
  fields: HeaderField[]
  /** Content-Type, in lower case; text/plain where there is none (RFC 2045, section 5.2). */
  type: FieldWithParameters
  /** The parts of a multipart. */
  children: MimePart[]
  /** What a message/rfc822 holds. */
  message: MimePart | null
}

const DEPTH_LIMIT = 16
const PARTS_LIMIT = 1000

/** Takes a message apart (RFC 2046); beyond 16 levels or 1,000 parts the rest stays as it is. */
export function readMimePart(raw: Buffer): MimePart {
  const budget = { parts: PARTS_LIMIT }
  return readPart(raw, 'text/plain', DEPTH_LIMIT, budget)
}

function readPart(raw: Buffer, usual: string, depth: number, budget: { parts: number }): MimePart {
  budget.parts -= 1
  const { fields, bodyStart } = readHeader(raw)
  const type = readParameters(fieldValue(fields, 'Content-Type') ?? '')
  if (!/^[^\s/]+\/[^\s/]+$/.test(type.value)) type.value = usual
  const part: MimePart = { raw, bodyStart, fields, type, children: [], message: null }
  if (depth === 0) return part
  const body = raw.subarray(bodyStart)
  const boundary = type.parameters.get('boundary')
  if (type.value.startsWith('multipart/') && boundary) {
    const inner = type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
    for (const piece of split(body, boundary)) {
      if (budget.parts > 0) part.children.push(readPart(piece, inner, depth - 1, budget))
    }
  } else if (type.value === 'message/rfc822' && budget.parts > 0) {
    part.message = readPart(body, 'text/plain', depth - 1, budget)
  }
  return part
}

/** A part may begin with the empty line at once (RFC 2046, section 5.1). */
function readHeader(raw: Buffer): HeaderBlock {
  return raw[0] === 0x0d && raw[1] === 0x0a ? { fields: [], bodyStart: 2 } : readHeaderBlock(raw)
}

/** What stands between the delimiter lines; the line end before each belongs to it (RFC 2046, section 5.1.1). */
function split(body: Buffer, boundary: string): Buffer[] {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1')
  const pieces: Buffer[] = []
  let start = -1
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue
    const lineEnd = body.indexOf(0x0a, at)
    const line = body.toString('latin1', at + delimiter.length, lineEnd < 0 ? body.length : lineEnd)
    if (!/^(--)?[ \t]*\r?$/.test(line)) continue
    if (start >= 0) pieces.push(body.subarray(start, Math.max(start, at - 2)))
    start = line.startsWith('--') ? -1 : lineEnd + 1
    if (start < 0) return pieces
    if (lineEnd < 0) return pieces
  }
  if (start >= 0) pieces.push(body.subarray(start))
  return pieces
}
