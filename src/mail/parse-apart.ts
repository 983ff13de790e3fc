import { askThread, ThreadBoundExceeded } from '../lib/ask-thread.ts'
import type { ParsedMessage, RawMessage } from './message.ts'
import { parseMessage, UnreadableMessage } from './parse-message.ts'

/** Parsing takes some 25 ms a megabyte; a thread of its own takes as long to start. */
const LARGE = 1024 * 1024
/** Many times what the largest message takes. */
const BOUNDS = { mostMs: 60_000, mostMegabytes: 512 }

/** What the thread answers. */
export type Answer = { message: ParsedMessage } | { unreadable: string }

/**
 * As `parseMessage`, but a large message is parsed in a thread of its own: timers, sockets and the API go on meanwhile,
 * and neither its time nor its memory is without end.
 *
 * @throws UnreadableMessage as `parseMessage` does, and for a message that takes too long or too much memory.
 */
export async function parseApart(
  raw: RawMessage,
  bounds: Partial<typeof BOUNDS> = {},
): Promise<ParsedMessage> {
  if (raw.raw.byteLength <= LARGE) return parseMessage(raw)
  try {
    const thread = new URL('./parse-thread.ts', import.meta.url)
    const answer = (await askThread(thread, raw, { ...BOUNDS, ...bounds })) as Answer
    if ('unreadable' in answer) throw new UnreadableMessage(answer.unreadable)
    return answer.message
  } catch (cause) {
    if (!(cause instanceof ThreadBoundExceeded)) throw cause
    throw new UnreadableMessage(`the message takes too much ${cause.bound} to parse`, { cause })
  }
}
