import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Writes SOAP envelopes one after the other into an answer that stays open. */
export interface EnvelopeStream {
  write(envelope: string): void
  end(): void
}

/**
 * Every envelope goes out as two chunks in two turns: a client that takes a chunk for a document fails here, as it
 * would in reality. Their order is kept.
 */
export function openEnvelopeStream(response: ServerResponse): EnvelopeStream {
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'private' })
  let written = Promise.resolve()
  let isEnding = false
  const queue = (step: () => void) => {
    written = written.then(async () => {
      if (!response.destroyed) step()
      await nextTurn()
    })
  }
  return {
    write(envelope) {
      if (isEnding) return
      const octets = Buffer.from(envelope)
      const middle = octets.length >>> 1
      queue(() => response.write(octets.subarray(0, middle)))
      queue(() => response.write(octets.subarray(middle)))
    },
    end() {
      isEnding = true
      queue(() => response.end())
    },
  }
}
