import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** One JSON document a line. */
export const LINES = 'application/x-ndjson'

/** Answers bit by bit: each value as a line of its own, as soon as it is there. Nobody wants more once the reader left. */
export function sendLines(reply: FastifyReply, values: AsyncIterable<unknown>): FastifyReply {
  // Proxies that gather an answer before they pass it on would make it come at once.
  return reply
    .header('x-accel-buffering', 'no')
    .type(LINES)
    .send(Readable.from(lines(values)))
}

async function* lines(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`
}
