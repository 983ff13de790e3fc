import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ParsedMessage, RawMessage } from './message.ts'
import { parseMessage, UnreadableMessage } from './parse-message.ts'

/** Parsing takes some 25 ms a megabyte; a thread of its own takes as long to start. */
const LARGE = 1024 * 1024
/** Many times what the largest message takes. */
const MOST_MS = 60_000
const MOST_MEGABYTES = 512

/** What the thread answers. */
export type Answer = { message: ParsedMessage } | { unreadable: string }

/**
 * As `parseMessage`, but a large message is parsed in a thread of its own: timers, sockets and the API go on meanwhile,
 * and neither its time nor its memory is without end.
 *
 * @throws UnreadableMessage as `parseMessage` does, and for a message that takes too long.
 */
export async function parseApart(raw: RawMessage, mostMs = MOST_MS): Promise<ParsedMessage> {
  if (raw.raw.byteLength <= LARGE) return parseMessage(raw)
  const worker = new Worker(new URL('./parse-thread.ts', import.meta.url), {
    workerData: raw,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  try {
    const [answer] = (await once(worker, 'message', { signal: AbortSignal.timeout(mostMs) })) as [Answer]
    if ('unreadable' in answer) throw new UnreadableMessage(answer.unreadable)
    return answer.message
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === 'AbortError')) throw cause
    throw new UnreadableMessage('the message takes too long to parse', { cause })
  } finally {
    await worker.terminate()
  }
}
