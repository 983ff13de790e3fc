import type { ParsedMessage } from '../message.ts'
import { parseMessage } from '../parse-message.ts'

/** Reads a message's header, whether or not its body follows. Throws `UnreadableMessage`. */
export function readHeader(octets: Uint8Array): Promise<ParsedMessage> {
  const message = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  const end = message.indexOf('\r\n\r\n')
  return parseMessage({
    raw: end === -1 ? message : message.subarray(0, end + 4),
    transportHeaders: null,
    itemClass: null,
    providerId: '',
    folder: 'inbox',
    receivedAt: new Date(0),
    originalOctets: true,
  })
}
