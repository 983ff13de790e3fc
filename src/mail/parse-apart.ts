import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
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
  const { mostMs, mostMegabytes } = { ...BOUNDS, ...bounds }
  const worker = new Worker(new URL('./parse-thread.ts', import.meta.url), {
    workerData: raw,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  // One that runs out of memory while it is ended for the time it took tells that too, and nobody waits for it any more.
  worker.on('error', () => undefined)
  try {
    const [answer] = (await once(worker, 'message', { signal: AbortSignal.timeout(mostMs) })) as [Answer]
    if ('unreadable' in answer) throw new UnreadableMessage(answer.unreadable)
    return answer.message
  } catch (cause) {
    const exceeded = boundExceeded(cause)
    if (exceeded === null) throw cause
    throw new UnreadableMessage(`the message takes too ${exceeded} to parse`, { cause })
  } finally {
    await worker.terminate()
  }
}

function boundExceeded(error: unknown): 'long' | 'much memory' | null {
  if (!(error instanceof Error)) return null
  if (error.name === 'AbortError') return 'long'
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'much memory' : null
}
