import type { Pool, PoolClient } from 'pg'

/** Holds back the statements of a pool, for a test to say which of several comes next. */
export interface Gate {
  /** Runs this with the gate closed: each of its statements waits to be let through. */
  during<Value>(work: () => Promise<Value>): Promise<Value>
  /** Lets one statement through: the one that waits, or else the next that comes. */
  letThrough(): void
  /** Lets everything through. */
  open(): void
  /** Whether a statement waits, or there is nothing left to do. */
  isAtRest(): boolean
  /** The process ids of the connections that have been used. */
  connections(): number[]
}

/** Puts a gate before every connection of this pool that is taken from it from now on; it is open at first. */
export function gateOf(pool: Pool): Gate {
  const connections = new Map<PoolClient, number>()
  const waiting: (() => void)[] = []
  let isClosed = false
  let isWorking = false
  let passes = 0

  function turn(): Promise<void> {
    if (!isClosed) return Promise.resolve()
    if (passes > 0) {
      passes -= 1
      return Promise.resolve()
    }
    return new Promise((resolve) => waiting.push(resolve))
  }

  pool.on('acquire', (client) => {
    if (connections.has(client)) return
    connections.set(client, (client as PoolClient & { processID: number }).processID)
    const query = client.query.bind(client) as (...parts: unknown[]) => unknown
    client.query = ((...parts: unknown[]) =>
      // What takes a callback is the pool's own.
      typeof parts.at(-1) === 'function' ? query(...parts) : turn().then(() => query(...parts))) as never
  })

  return {
    async during(work) {
      isClosed = true
      isWorking = true
      passes = 0
      try {
        return await work()
      } finally {
        isWorking = false
      }
    },
    letThrough() {
      const next = waiting.shift()
      if (next) next()
      else passes += 1
    },
    open() {
      isClosed = false
      for (const resolve of waiting.splice(0)) resolve()
    },
    isAtRest: () => waiting.length > 0 || !isWorking,
    connections: () => [...connections.values()],
  }
}
