import { createHash } from 'node:crypto'
import type { RawMessage } from '../mail/message.ts'

/** A header block longer than this is looked at no further. */
const HEADER_LIMIT = 64 * 1024

/** What a sender writes once, and no server on the way changes. */
const written = ['message-id', 'from', 'subject', 'in-reply-to']

/**
 * What the copies of one message have in common, be it that it lies in two folders or was delivered twice: Message-ID,
 * author, subject, what it answers, and the octets of its body. Not the Message-ID alone, for the sender chooses it, and
 * not what differs between two deliveries (Received, the time). A message without a Message-ID is known by its delivery.
 */
export function fingerprint(message: RawMessage): string {
  const { raw, transportHeaders, receivedAt } = message
  const end = endOfHeader(raw)
  const block =
    transportHeaders ?? Buffer.from(raw.subarray(0, Math.min(end, HEADER_LIMIT))).toString('latin1')
  const fields = written.map((name) => firstField(block, name))
  const delivery = fields[0] === '' ? [firstField(block, 'received'), receivedAt.toISOString()] : []
  return createHash('sha256')
    .update(JSON.stringify([...fields, ...delivery]))
    .update(raw.subarray(end))
    .digest('hex')
}

/** Where the body begins: behind the first empty line, or at the end when there is none. */
function endOfHeader(raw: Uint8Array): number {
  const octets = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const ends = ['\r\n\r\n', '\n\n'].map((line) => octets.indexOf(line)).filter((at) => at >= 0)
  return ends.length === 0 ? octets.length : Math.min(...ends)
}

/** The first field of this name, unfolded (RFC 5322, 2.2.3); empty when there is none. */
function firstField(block: string, name: string): string {
  const lines = block.slice(0, HEADER_LIMIT).split(/\r?\n/)
  const start = lines.findIndex((line) => line.toLowerCase().startsWith(`${name}:`))
  if (start < 0) return ''
  let end = start + 1
  while (/^[ \t]/.test(lines[end] ?? '')) end += 1
  return lines
    .slice(start, end)
    .join('')
    .slice(name.length + 1)
    .trim()
}
