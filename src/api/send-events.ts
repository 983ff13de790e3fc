import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export const EVENTS = 'text/event-stream'

/**
 * An event of a name and, where it has them, an id without line ends and data; or a beat, which tells nothing but that the
 * stream lives.
 */
export type ServerEvent = { event: string; id?: string; data?: object } | { beat: true }

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
  for await (const event of events) yield 'beat' in event ? ':\n\n' : block(event)
}

/** Browsers leave out an event without data. */
function block({ event, id, data = {} }: Exclude<ServerEvent, { beat: true }>): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}
