import { badArguments } from '../imap-refusal.ts'
import type { MimePart } from './mime-part.ts'

/** What of a message `BODY[…]` asks for (RFC 3501, section 6.4.5). */
export interface Section {
  /** Numbers of parts, from the outside in. */
  path: number[]
  what: 'ALL' | 'HEADER' | 'TEXT' | 'MIME' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT'
  /** Of HEADER.FIELDS, in lower case. */
  names: string[]
}

const SECTION =
  /^((?:[1-9]\d{0,3}\.)*(?:[1-9]\d{0,3}(?=$)|)|)(HEADER\.FIELDS(?:\.NOT)? \(([^()]*)\)|HEADER|TEXT|MIME|)$/i

/** @throws ImapRefusal BAD */
export function readSection(text: string): Section {
  const [matched, path = '', what = '', names = ''] = SECTION.exec(text) ?? []
  const numbers = path.split('.').filter((number) => number !== '')
  const kind = what === '' ? 'ALL' : (what.split(' ')[0] ?? '').toUpperCase()
  if (matched === undefined || (kind === 'MIME' && numbers.length === 0)) throw badArguments()
  return {
    path: numbers.map(Number),
    what: kind as Section['what'],
    names: names
      .split(' ')
      .map((name) => name.replace(/^"(.*)"$/, '$1').toLowerCase())
      .filter((name) => name !== ''),
  }
}

/** The octets of a section, or `null` when the message has no such part. */
export function cutSection(root: MimePart, { path, what, names }: Section): Buffer | null {
  const part = partAt(root, path)
  if (!part) return null
  if (what === 'MIME') return headerOf(part)
  if (what === 'ALL') return path.length === 0 ? part.raw : part.raw.subarray(part.bodyStart)
  const message = path.length === 0 ? part : part.message
  if (!message) return null
  if (what === 'TEXT') return message.raw.subarray(message.bodyStart)
  return what === 'HEADER' ? headerOf(message) : pickFields(message, names, what === 'HEADER.FIELDS')
}

function partAt(root: MimePart, path: number[]): MimePart | null {
  let part = root
  for (const [depth, number] of path.entries()) {
    const container = depth > 0 ? (part.message ?? part) : part
    const isLeaf = container.children.length === 0
    // A message that is no multipart has one part, which is its body; that part has none.
    if (isLeaf && (number !== 1 || (depth > 0 && !part.message))) return null
    const next = isLeaf ? container : container.children[number - 1]
    if (!next) return null
    part = next
  }
  return part
}

const headerOf = (part: MimePart) => part.raw.subarray(0, part.bodyStart)

/** The fields of these names, or all others, as they stand, and the empty line. */
function pickFields(message: MimePart, names: string[], isWanted: boolean): Buffer {
  const lines = headerOf(message)
    .toString('latin1')
    .split(/\r\n(?![ \t])/)
    .filter((line) => line !== '')
    .filter((line) => names.includes(line.slice(0, line.indexOf(':')).trim().toLowerCase()) === isWanted)
  return Buffer.from([...lines, '', ''].join('\r\n').replace(/^\r\n\r\n$/, '\r\n'), 'latin1')
}
