import type { Duplex } from 'node:stream'

/** A line is longer than the protocol's door allows. */
export class LineTooLong extends Error {}

/** What a peer sends, taken as lines or as counted octets; nothing is read from the socket before it is asked for. */
export interface ByteSource {
  /**
   * The next line without its CRLF, or `null` when the peer has gone. A bare LF ends no line: two readings of one text
   * are how mail is smuggled.
   * @throws LineTooLong beyond `limit` octets
   */
  readLine(limit: number): Promise<Buffer | null>
  /** Exactly so many octets, or `null` when the peer has gone before. */
  readOctets(count: number): Promise<Buffer | null>
}

const CRLF = Buffer.from('\r\n')
const EMPTY = Buffer.alloc(0)

export function createByteSource(stream: Duplex): ByteSource {
  let held: Buffer = EMPTY

  async function receive(): Promise<Buffer | null> {
    for (;;) {
      const chunk: Buffer | null = stream.read()
      if (chunk) return chunk
      if (stream.readableEnded || stream.destroyed) return null
      await nextSign(stream)
    }
  }

  return {
    async readLine(limit) {
      let searched = 0
      for (;;) {
        const end = held.indexOf(CRLF, searched)
        if (end > limit || (end < 0 && held.length > limit + 1)) throw new LineTooLong()
        if (end >= 0) {
          const line = held.subarray(0, end)
          held = held.subarray(end + CRLF.length)
          return line
        }
        searched = Math.max(held.length - 1, 0)
        const chunk = await receive()
        if (!chunk) return null
        held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      }
    },
    async readOctets(count) {
      const parts = [held]
      let length = held.length
      while (length < count) {
        const chunk = await receive()
        if (!chunk) return null
        parts.push(chunk)
        length += chunk.length
      }
      const all = parts.length === 1 ? held : Buffer.concat(parts)
      held = all.subarray(count)
      return all.subarray(0, count)
    },
  }
}

/** Waits until there is something to read, or nothing will ever come. */
function nextSign(stream: Duplex): Promise<void> {
  const signs = ['readable', 'end', 'close', 'error']
  return new Promise((resolve) => {
    const onSign = () => {
      for (const sign of signs) stream.off(sign, onSign)
      resolve()
    }
    for (const sign of signs) stream.on(sign, onSign)
  })
}
