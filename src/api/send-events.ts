import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export const EVENTS = 'text/event-stream'

/** An event of a name and an id, both without line ends; or a beat, which tells nothing but that the stream lives. */
export type ServerEvent = { event: string; id: string } | { beat: true }

/** After how long a browser whose stream has ended comes again. */
const RETRY_MS = 2_000

/**
 * Answers with server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), each as soon as it
 * is there. Nobody wants more once the reader left.
 */
export function sendEvents(reply: FastifyReply, events: AsyncIterable<ServerEvent>): FastifyReply {
  return reply
    .header('x-accel-buffering', 'no')
    .type(EVENTS)
    .send(Readable.from(blocks(events)))
}

async function* blocks(events: AsyncIterable<ServerEvent>): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`
  for await (const event of events) {
    // Browsers leave out an event without data.
    yield 'beat' in event ? ':\n\n' : `event: ${event.event}\nid: ${event.id}\ndata: {}\n\n`
  }
}
