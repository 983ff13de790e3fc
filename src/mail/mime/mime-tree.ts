import type { MailHeader } from '../message.ts'
import { encodesNothing, isBase64 } from './decode-transfer.ts'
import { readHeaderBlock } from './header-block.ts'
import { headerValue } from './header-value.ts'
import { readStructuredField, type StructuredField } from './structured-field.ts'

const maximumNesting = 32
/** Of a message and all its parts together. */
export const maximumHeaderOctets = 256 * 1024
/** Lines that begin with two hyphens; one each makes a million parts. */
const maximumDelimiterLines = 20_000
/** RFC 2046, 5.1.1 has 70 characters in a boundary; more than that is looked at. */
const longestDelimiter = 1_000

/** A message, or a part of one (RFC 2045, 2.5). */
export interface MimePart {
  headers: MailHeader[]
  type: StructuredField
  disposition: StructuredField
  /** Content-Transfer-Encoding as written; empty when there is none. */
  encoding: string
  /** Content-ID as written; null when there is none. */
  id: string | null
  /** As encoded for transport; of a multipart all that its parts are cut from. */
  body: Buffer
  /** Of a multipart. */
  parts: MimePart[]
  /** Whether `body` ends at a delimiter or with a message of one part; false where the message breaks off. */
  isWhole: boolean
}

export interface MimeTree {
  root: MimePart
  /** False where two readers may cut other parts from it: what one shows, another does not. */
  isSound: boolean
  /** False where the last part is not closed, and more of them may have followed. */
  isWhole: boolean
}

/**
 * Cuts a message into its parts. Time and memory are linear in its size; what exceeds a bound of nesting or number is
 * left uncut and called unsound. Messages within the message stay leaves.
 */
export function mimeTree(octets: Buffer): MimeTree {
  const cut: Cut = {
    octets,
    lines: delimiterLines(octets),
    headerRoom: maximumHeaderOctets,
    isSound: true,
    isWhole: true,
    likeDelimiters: new Set(),
    delimiters: new Set(),
  }
  const root = readPart(cut, { from: 0, to: octets.length, isWhole: true }, [], 'text/plain')
  const isMistakable = [...cut.likeDelimiters].some((line) => !cut.delimiters.has(line))
  return { root, isSound: cut.isSound && !isMistakable, isWhole: cut.isWhole }
}

interface Cut {
  octets: Buffer
  /** Where lines begin that begin with two hyphens, be it behind a bare carriage return; null when there are too many. */
  lines: number[] | null
  /** How many octets of headers may still be read. */
  headerRoom: number
  isSound: boolean
  isWhole: boolean
  /** Lines that begin as a delimiter does and go on otherwise: some readers take them for one. */
  likeDelimiters: Set<number>
  delimiters: Set<number>
}

interface Range {
  from: number
  to: number
  isWhole: boolean
}

function delimiterLines(octets: Buffer): number[] | null {
  const lines = octets[0] === 0x2d && octets[1] === 0x2d ? [0] : []
  for (const beginning of ['\n--', '\r--']) {
    for (let at = octets.indexOf(beginning); at !== -1; at = octets.indexOf(beginning, at + 1)) {
      if (lines.length === maximumDelimiterLines) return null
      lines.push(at + 1)
    }
  }
  return lines.sort((one, other) => one - other)
}

/** `around`: the boundaries of the multiparts that it is in. */
function readPart(cut: Cut, { from, to, isWhole }: Range, around: string[], defaultType: string): MimePart {
  const { headers, isSound, length } = readHeaderBlock(cut.octets.subarray(from, to), cut.headerRoom)
  cut.headerRoom = Math.max(0, cut.headerRoom - length)
  if (!isSound) cut.isSound = false
  const field = (name: string) => {
    const values = new Set(headers.filter((header) => header.name === name).map(({ value }) => value))
    if (values.size > 1) cut.isSound = false
    return [...values][0] ?? null
  }
  const type = readStructuredField(field('content-type') ?? defaultType)
  const disposition = readStructuredField(field('content-disposition') ?? '')
  if (type.doubtful.has('boundary') || type.doubtful.has('charset')) cut.isSound = false
  // A semicolon is missing: the parameter is taken for a part of the value, or the value for that of another.
  if (/\s/.test(type.value) || /\s/.test(disposition.value)) cut.isSound = false
  const part: MimePart = {
    headers,
    // RFC 2045, 5.2: what names no type is text.
    type: type.value.includes('/') ? type : { ...type, value: defaultType },
    disposition,
    encoding: field('content-transfer-encoding') ?? '',
    id: headerValue(headers, 'content-id'),
    body: cut.octets.subarray(from + length, to),
    parts: [],
    isWhole,
  }
  const body = { from: from + length, to, isWhole: around.length > 0 && isWhole }
  if (part.type.value.startsWith('multipart/')) part.parts = readParts(cut, part, body, around)
  else if (!part.type.value.startsWith('message/')) {
    for (const line of linesBetween(cut.lines ?? [], body.from, body.to)) lookForPart(cut, line)
    // The delimiter itself may be damaged; base64 holds no hyphen (RFC 2045, 6.8), so that this is a header below it.
    if (isBase64(part.encoding) && part.body.includes('\nContent-')) cut.isSound = false
  }
  return part
}

/** Whether a part begins in a leaf, above parts or below them: of another multipart, whose boundary or type was lost. */
function lookForPart(cut: Cut, line: number): void {
  const beginning = cut.octets.toString('latin1', line, line + longestDelimiter)
  if (/^[^\r\n]*[\r\n]+content-/i.test(beginning)) cut.isSound = false
}

function readParts(cut: Cut, { type, encoding, body }: MimePart, range: Range, around: string[]): MimePart[] {
  if (!leavesDelimiters(encoding, body)) cut.isSound = false
  const boundary = (type.parameters.get('boundary') ?? '').trimEnd()
  const ranges = boundary === '' || cut.lines === null ? [] : rangesOf(cut, boundary, range)
  const isLost = ranges === null || boundary === '' || cut.lines === null
  if (isLost && body.some((octet) => octet > 0x20)) cut.isSound = false
  // By RFC 2046, 5.1.1 a line need only begin with the boundary, so that this one would take those of an outer one.
  if (around.some((outer) => outer.startsWith(boundary)) || around.length === maximumNesting) {
    cut.isSound = false
    return []
  }
  const defaultType = type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  return (ranges ?? []).map((one) => readPart(cut, one, [...around, boundary], defaultType))
}

/** RFC 2045, 6.4 forbids to encode parts together. Mailers say it of some that are not, and some readers decode those. */
function leavesDelimiters(encoding: string, body: Buffer): boolean {
  if (encodesNothing(encoding)) return true
  return /^\s*quoted-printable\s*$/i.test(encoding) && !body.includes('=2D') && !body.includes('=2d')
}

/** Where the parts lie that a boundary divides (RFC 2046, 5.1.1); null when it never comes. */
function rangesOf(cut: Cut, boundary: string, { from, to, isWhole }: Range): Range[] | null {
  const { octets } = cut
  const wanted = Buffer.from(`--${boundary}`)
  const ranges: Range[] = []
  let start: number | null = null
  let state: 'before' | 'within' | 'closed' = 'before'
  for (const line of linesBetween(cut.lines ?? [], from, to)) {
    if (!octets.subarray(line, line + wanted.length).equals(wanted)) {
      if (state !== 'within') lookForPart(cut, line)
      continue
    }
    const lineEnd = octets.indexOf(0x0a, line)
    const end = lineEnd === -1 ? to : Math.min(lineEnd, to)
    const behind = /^(--)?[ \t\r]*$/.exec(octets.toString('latin1', line + wanted.length, end))
    if (behind === null || octets[line - 1] === 0x0d) {
      cut.likeDelimiters.add(line)
      continue
    }
    const isEnd = behind[1] !== undefined
    cut.delimiters.add(line)
    if (state === 'closed') {
      // What stands below the end of a multipart is shown by nobody, unless a reader has not taken it for the end.
      if (!isEnd) cut.isSound = false
      continue
    }
    if (start !== null)
      ranges.push({ from: start, to: Math.max(start, beforeLineEnd(octets, line)), isWhole: true })
    start = isEnd ? null : Math.min(end + 1, to)
    state = isEnd ? 'closed' : 'within'
  }
  if (start !== null) {
    ranges.push({ from: start, to, isWhole })
    if (!isWhole) cut.isWhole = false
  }
  return state === 'before' ? null : ranges
}

function linesBetween(lines: number[], from: number, to: number): number[] {
  return lines.slice(firstFrom(lines, from), firstFrom(lines, to))
}

/** The index of the first line at or behind an octet; by halves, for there may be as many multiparts as lines. */
function firstFrom(lines: number[], octet: number): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle] ?? 0) < octet) low = middle + 1
    else high = middle
  }
  return low
}

/** The line end above a delimiter is a part of it. */
function beforeLineEnd(octets: Buffer, line: number): number {
  const isCrlf = octets[line - 2] === 0x0d
  return line - (isCrlf ? 2 : 1)
}
