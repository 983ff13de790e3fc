import type { ServerResponse } from 'node:http'
import type { Transmission } from '../faults.ts'
import { openTransmitter } from '../http/transmission.ts'

/** Writes SOAP envelopes one after the other into an answer that stays open. */
export interface EnvelopeStream {
  write(envelope: string): void
  end(): void
}

/**
 * Every envelope goes out as two chunks in two turns, or as `transmission` wants it: a client that takes a chunk for a
 * document fails here, as it would in reality.
 */
export function openEnvelopeStream(
  response: ServerResponse,
  transmission: Transmission | null,
): EnvelopeStream {
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'private' })
  const transmitter = openTransmitter(response, transmission)
  let isEnding = false
  return {
    write(envelope) {
      if (isEnding) return
      const octets = Buffer.from(envelope)
      transmitter.write(octets, Math.ceil(octets.length / 2))
    },
    end() {
      isEnding = true
      transmitter.end()
    },
  }
}
