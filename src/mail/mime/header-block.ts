import type { MailHeader } from '../message.ts'
import { decodeText } from './decode-text.ts'
import { storable } from './storable.ts'

export interface HeaderBlock {
  /** In order, topmost first. */
  headers: MailHeader[]
  /** False where two readers may find different fields in it. */
  isSound: boolean
  /** How many octets it takes, the empty line below it included. */
  length: number
}

/** Reads the header block at the beginning of these octets, up to the first empty line or the bound. */
export function readHeaderBlock(octets: Buffer, mostOctets: number): HeaderBlock {
  const length = lengthOf(octets, mostOctets)
  const fields = unfold(octets.toString('latin1', 0, Math.min(length, mostOctets)))
  const areSound = fields.every((lines, at) => isSound(lines) || (at === 0 && isAboveFields(lines)))
  return {
    headers: fields.map(toHeader).filter(isHeader),
    isSound: areSound && length <= mostOctets,
    length,
  }
}

/** To behind the first empty line; all of it where there is none within the bound. */
function lengthOf(octets: Buffer, mostOctets: number): number {
  for (let from = 0; from <= mostOctets; ) {
    const lineEnd = octets.indexOf(0x0a, from)
    if (lineEnd === -1) break
    let at = from
    while (octets[at] === 0x0d) at += 1
    if (at === lineEnd) return lineEnd + 1
    from = lineEnd + 1
  }
  return octets.length
}

/** The lines of each field (RFC 5322, 2.2.3), joined only once it is whole: a field may have as many as it likes. */
function unfold(block: string): string[][] {
  const fields: string[][] = []
  for (const line of block.split('\n').map(withoutReturns)) {
    const last = fields.at(-1)
    if (last !== undefined && /^[ \t]/.test(line)) last.push(line)
    else if (line !== '') fields.push([line])
  }
  return fields
}

/** A line without the carriage returns at its end; a pattern would look through each run of them time and again. */
function withoutReturns(line: string): string {
  let end = line.length
  while (line[end - 1] === '\r') end -= 1
  return line.slice(0, end)
}

/** As generously as any reader takes it; whether all take it so is another question. */
function toHeader(lines: string[]): MailHeader {
  const field = decoded(lines.join(''))
  const colon = field.indexOf(':')
  return {
    name: field.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase(),
    value: storable(field.slice(colon + 1)).trim(),
  }
}

/** Headers are ASCII, or UTF-8 (RFC 6532); of old mailers, what they write bodies in. */
function decoded(field: string): string {
  return /[\x80-\xff]/.test(field) ? decodeText(Buffer.from(field, 'latin1'), '') : field
}

/** A field name is printable ASCII without colon; anything else is text that strayed here. */
function isHeader({ name }: MailHeader): boolean {
  return /^[!-9;-~]+$/.test(name)
}

/** Blanks above the colon are allowed (RFC 5322, 4.5); some gateways put them into names of their own. */
const fieldName = /^([!-9;-~]+[ \t]*|x-[\w -]{1,100}):/i

/**
 * Whether every reader takes it for this one field: it is no text that strayed here, none ends it at a bare carriage return
 * or at NUL, and none takes a line of blanks in it for the empty line that ends the block.
 */
function isSound([first = '', ...folded]: string[]): boolean {
  return (
    fieldName.test(first) &&
    folded.every((line) => /[^ \t]/.test(line)) &&
    [first, ...folded].every(
      (line) => !line.includes('\r') && !(/^content-/i.test(first) && line.includes('\0')),
    )
  )
}

/** The line that an mbox file has above a message (RFC 4155), or Exchange above the headers that travelled. */
function isAboveFields([first = '']: string[]): boolean {
  return /^(>?From |Microsoft Mail Internet Headers )/.test(first)
}
