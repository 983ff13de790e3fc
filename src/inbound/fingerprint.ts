import { createHash } from 'node:crypto'
import type { RawMessage } from '../mail/message.ts'

/** A header block longer than this is looked at no further. */
const HEADER_LIMIT = 64 * 1024

/**
 * What two copies of one delivered message have in common: Message-ID, the topmost Received header and the time it
 * was received. The Message-ID alone will not do, for the sender chooses it.
 */
export function fingerprint(message: RawMessage): string {
  const block = message.transportHeaders ?? headerBlock(message.raw)
  const parts = [
    firstField(block, 'message-id'),
    firstField(block, 'received'),
    message.receivedAt.toISOString(),
  ]
  return createHash('sha256').update(parts.join('\n')).digest('hex')
}

function headerBlock(raw: Uint8Array): string {
  const head = Buffer.from(raw.subarray(0, HEADER_LIMIT)).toString('latin1')
  const end = head.search(/\r?\n\r?\n/)
  return end < 0 ? head : head.slice(0, end)
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
