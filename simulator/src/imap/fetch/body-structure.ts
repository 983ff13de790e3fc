import { fieldValue } from '../../mail/header-block.ts'
import { writeEnvelope } from './envelope.ts'
import type { MimePart } from './mime-part.ts'
import { readParameters } from './parameters.ts'
import { writeOptional, writeString } from './write-string.ts'

/** BODYSTRUCTURE, or BODY without its extensions (RFC 3501, section 7.4.2). */
export function writeBodyStructure(part: MimePart, isExtended: boolean): string {
  const { type, fields, children, message, raw, bodyStart } = part
  const [kind = '', subtype = ''] = type.value.split('/')
  const field = (name: string) => fieldValue(fields, name)
  const disposition = writeDisposition(field('Content-Disposition'))
  const language = writeOptional(field('Content-Language'))
  const location = writeOptional(field('Content-Location'))
  if (children.length > 0) {
    const parts = children.map((child) => writeBodyStructure(child, isExtended)).join('')
    const extension = isExtended ? [writeParameters(type.parameters), disposition, language, location] : []
    return `(${[parts, writeString(subtype), ...extension].join(' ')})`
  }
  const body = raw.subarray(bodyStart)
  const lines = countLines(body)
  const written = [
    writeString(kind),
    writeString(subtype),
    writeParameters(type.parameters),
    writeOptional(field('Content-ID')),
    writeOptional(field('Content-Description')),
    writeString(field('Content-Transfer-Encoding') ?? '7bit'),
    body.length,
    ...(message ? [writeEnvelope(message.fields), writeBodyStructure(message, isExtended), lines] : []),
    ...(kind === 'text' ? [lines] : []),
    ...(isExtended ? [writeOptional(field('Content-MD5')), disposition, language, location] : []),
  ]
  return `(${written.join(' ')})`
}

function writeDisposition(text: string | undefined): string {
  if (text === undefined) return 'NIL'
  const { value, parameters } = readParameters(text)
  return `(${writeString(value)} ${writeParameters(parameters)})`
}

function writeParameters(parameters: Map<string, string>): string {
  const pairs = [...parameters].map(([name, value]) => `${writeString(name)} ${writeString(value)}`)
  return pairs.length === 0 ? 'NIL' : `(${pairs.join(' ')})`
}

function countLines(body: Buffer): number {
  let lines = 0
  for (const octet of body) if (octet === 0x0a) lines += 1
  return lines
}
