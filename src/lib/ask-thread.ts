import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export interface ThreadBounds {
  mostMs: number
  mostMegabytes: number
}

/** A thread was ended before it answered. */
export class ThreadBoundExceeded extends Error {
  readonly bound: 'time' | 'memory'
  constructor(bound: 'time' | 'memory', cause: Error) {
    super(`a thread took too much ${bound}`, { cause })
    this.bound = bound
  }
}

/**
 * Starts a thread with `data`, gives its first message and ends it: timers, sockets and the API go on meanwhile, and
 * neither its time nor its memory is without end.
 *
 * @throws ThreadBoundExceeded and whatever the thread throws.
 */
export async function askThread(module: URL, data: unknown, bounds: ThreadBounds): Promise<unknown> {
  const worker = new Worker(module, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: bounds.mostMegabytes },
  })
  // One that runs out of memory while it is ended for the time it took tells that too, and nobody waits for it any more.
  worker.on('error', () => undefined)
  try {
    const [answer] = await once(worker, 'message', { signal: AbortSignal.timeout(bounds.mostMs) })
    return answer
  } catch (error) {
    const bound = exceeded(error)
    throw bound === null ? error : new ThreadBoundExceeded(bound, error as Error)
  } finally {
    await worker.terminate()
  }
}

function exceeded(error: unknown): ThreadBoundExceeded['bound'] | null {
  if (!(error instanceof Error)) return null
  if (error.name === 'AbortError') return 'time'
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : null
}
