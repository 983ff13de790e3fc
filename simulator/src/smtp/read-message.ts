import type { Connection } from '../line-protocol/connection.ts'
import { MESSAGE_SIZE_LIMIT } from '../mail/submit.ts'

const LINE_LIMIT = 1024 * 1024
const DOT = 0x2e

/**
 * Reads what follows DATA, to the line with the dot alone, and takes away the dots before other dots (RFC 5321, section
 * 4.5.2). `too-large`: read to its end and thrown away. `null`: the client has gone.
 */
export async function readData(connection: Connection): Promise<Buffer | 'too-large' | null> {
  const lines: Buffer[] = []
  let size = 0
  for (;;) {
    const line = await connection.readLine(LINE_LIMIT)
    if (!line) return null
    if (line.length === 1 && line[0] === DOT) break
    const content = line[0] === DOT ? line.subarray(1) : line
    size += content.length + 2
    if (size <= MESSAGE_SIZE_LIMIT) lines.push(content, CRLF)
  }
  return size > MESSAGE_SIZE_LIMIT ? 'too-large' : Buffer.concat(lines)
}

const CRLF = Buffer.from('\r\n')
