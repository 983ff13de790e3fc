import type { Transmission } from '../faults.ts'
import type { Connection } from '../line-protocol/connection.ts'

/** What is said to one command, gathered and sent in larger pieces. */
export interface Answer {
  /** One line; a string stands for its ASCII, a buffer for its octets. */
  line(...parts: (string | Buffer)[]): void
  /** An untagged response. */
  untagged(...parts: (string | Buffer)[]): void
  /** Sends what has been gathered. */
  flush(): Promise<void>
  /** Sends it when it has grown large. */
  flushLarge(): Promise<void>
  /** Octets gathered so far. */
  octets(): number
}

const LARGE = 64 * 1024

/**
 * @param transmission how a fault wants the answer to travel
 * @param isDropped whether nothing of it is to arrive
 */
export function createAnswer(
  connection: Connection,
  transmission: Transmission | null = null,
  isDropped = false,
): Answer {
  const { chunkBytes, cutAfterBytes = Number.POSITIVE_INFINITY } = transmission ?? {}
  let gathered: Buffer[] = []
  let waiting = 0
  let octets = 0
  let left = cutAfterBytes
  let sent = Promise.resolve()

  async function send(piece: Buffer): Promise<void> {
    const allowed = piece.subarray(0, Math.max(left, 0))
    left -= piece.length
    const step = chunkBytes ?? Math.max(allowed.length, 1)
    for (let at = 0; at < allowed.length; at += step) await connection.write(allowed.subarray(at, at + step))
    if (left < 0) connection.cut()
  }

  const answer: Answer = {
    line(...parts) {
      for (const part of [...parts, '\r\n']) {
        const piece = typeof part === 'string' ? Buffer.from(part, 'latin1') : part
        gathered.push(piece)
        waiting += piece.length
        octets += piece.length
      }
    },
    untagged: (...parts) => answer.line('* ', ...parts),
    flush() {
      const piece = Buffer.concat(gathered)
      gathered = []
      waiting = 0
      if (piece.length > 0 && !isDropped) sent = sent.then(() => send(piece))
      return sent
    },
    flushLarge: async () => {
      if (waiting > LARGE) await answer.flush()
    },
    octets: () => octets,
  }
  return answer
}
