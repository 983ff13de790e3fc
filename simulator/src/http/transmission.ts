import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FaultAnswer, Transmission } from '../faults.ts'

/** Writes the body of an answer whose head is out already, chunk by chunk and in order. */
export interface Transmitter {
  /** @param size octets of a chunk, unless the transmission says otherwise */
  write(octets: Buffer, size: number): void
  end(): void
}

/** How a fault wants the usual answer to travel, or `null`. */
export function transmissionOf(fault: FaultAnswer | null): Transmission | null {
  const shapes =
    typeof fault === 'object' && fault !== null && ('chunkBytes' in fault || 'cutAfterBytes' in fault)
  return shapes ? fault : null
}

/** Each chunk is written in a turn of its own, and a cut comes only when all before it has been handed over. */
export function openTransmitter(response: ServerResponse, transmission: Transmission | null): Transmitter {
  const { chunkBytes, cutAfterBytes = Number.POSITIVE_INFINITY } = transmission ?? {}
  let left = cutAfterBytes
  let written = Promise.resolve()
  const queue = (step: () => unknown) => {
    written = written.then(async () => {
      if (!response.destroyed) await step()
      await nextTurn()
    })
  }
  const put = (chunk: Buffer) => new Promise<void>((resolve) => response.write(chunk, () => resolve()))
  const cutWhenDue = () => {
    if (left <= 0) queue(() => response.destroy())
  }
  cutWhenDue()
  return {
    write(octets, size) {
      const sent = octets.subarray(0, Math.max(left, 0))
      left -= octets.length
      const step = chunkBytes ?? size
      for (let at = 0; at < sent.length; at += step) queue(() => put(sent.subarray(at, at + step)))
      cutWhenDue()
    },
    end: () => queue(() => response.end()),
  }
}

/** Answers with a whole body, sent as the transmission wants it; a cut one promised its whole length. */
export function sendInPieces(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer,
  transmission: Transmission,
): void {
  const octets = typeof body === 'string' ? Buffer.from(body) : body
  response.writeHead(status, { ...headers, 'content-length': octets.length })
  const transmitter = openTransmitter(response, transmission)
  transmitter.write(octets, Math.max(octets.length, 1))
  transmitter.end()
}
