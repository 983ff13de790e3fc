import { decodeText } from './decode-text.ts'
import { toHeaders } from './header-block.ts'
import type { MailHeader } from './message.ts'

export interface HeaderBlock {
  headers: MailHeader[]
  /** False where two readers may find different fields in it. */
  isSound: boolean
  /** How many octets it takes, the empty line below it included. */
  length: number
}

/** Reads the header block at the beginning of these octets, up to the first empty line or the bound. */
export function readHeaderBlock(octets: Buffer, mostOctets: number): HeaderBlock {
  const length = lengthOf(octets, mostOctets)
  const lines = octets
    .subarray(0, Math.min(length, mostOctets))
    .toString('latin1')
    .split('\n')
    .map(withoutReturns)
  const fields = unfold(lines)
  return {
    headers: toHeaders(fields.map(decoded)),
    isSound:
      length <= mostOctets && fields.every((field, at) => isSound(field) || (at === 0 && isMboxLine(field))),
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

/** A line without the carriage returns at its end; a pattern would look through each run of them time and again. */
function withoutReturns(line: string): string {
  let end = line.length
  while (line[end - 1] === '\r') end -= 1
  return line.slice(0, end)
}

/** RFC 5322, 2.2.3; a field each, a long one in as many pieces as lines. */
function unfold(lines: string[]): string[] {
  const fields: string[][] = []
  for (const line of lines) {
    const last = fields.at(-1)
    if (last !== undefined && /^[ \t]/.test(line)) last.push(line)
    else if (line !== '') fields.push([line])
  }
  return fields.map((pieces) => pieces.join(''))
}

/** Headers are ASCII, or UTF-8 (RFC 6532); of old mailers, what they write bodies in. */
function decoded(field: string): string {
  return /[\x80-\xff]/.test(field) ? decodeText(Buffer.from(field, 'latin1'), '') : field
}

/** Neither text that strayed here, nor a field that some readers end at a bare carriage return or at NUL. */
function isSound(field: string): boolean {
  // Some gateways put spaces into the names of their own.
  const isField = toHeaders([field]).length === 1 || /^x-[\w -]{1,100}:/i.test(field)
  return isField && !field.includes('\r') && !(/^content-/i.test(field) && field.includes('\0'))
}

/** The line that an mbox file has above a message (RFC 4155). */
function isMboxLine(field: string): boolean {
  return /^>?From /.test(field)
}
