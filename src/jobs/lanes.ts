import type { Log } from '../lib/log.ts'

export interface Lanes<Item> {
  /** Has items worked in the lane of this key, and returns at once. What is there already is not added again. */
  add(key: string, items: readonly Item[]): void
  /**
   * Begins nothing more and waits for what is under way: aborted after `abortMs`, and left after twice that. What was
   * not begun is dropped.
   */
  stop(abortMs: number): Promise<void>
}

interface Lane<Item> {
  waiting: Set<Item>
  running: number
}

/**
 * Lanes beside each other, one a key: however many of them hang, the others go on. Within a lane up to `width` batches
 * are under way. A batch that throws is logged; whatever is to be done again has to be added again.
 */
export function openLanes<Item>(
  { width, batchSize, log }: { width: number; batchSize: number; log: Log },
  work: (key: string, items: Item[], signal: AbortSignal) => Promise<void>,
): Lanes<Item> {
  const lanes = new Map<string, Lane<Item>>()
  const running = new Set<Promise<void>>()
  const aborting = new AbortController()
  let isStopping = false

  function advance(key: string, lane: Lane<Item>): void {
    while (!isStopping && lane.running < width && lane.waiting.size > 0) {
      const items = [...lane.waiting].slice(0, batchSize)
      for (const item of items) lane.waiting.delete(item)
      lane.running += 1
      const batch = work(key, items, aborting.signal)
        .catch((error) => log.error({ lane: key, err: error }, 'a batch failed'))
        .finally(() => {
          running.delete(batch)
          lane.running -= 1
          advance(key, lane)
        })
      running.add(batch)
    }
    if (lane.running === 0 && lane.waiting.size === 0) lanes.delete(key)
  }

  return {
    add(key, items) {
      const lane = lanes.get(key) ?? { waiting: new Set(), running: 0 }
      lanes.set(key, lane)
      for (const item of items) lane.waiting.add(item)
      advance(key, lane)
    },
    async stop(abortMs) {
      isStopping = true
      const abort = setTimeout(() => aborting.abort(new Error('Countersign is stopping')), abortMs)
      const leave = new Promise((resolve) => setTimeout(resolve, 2 * abortMs).unref())
      await Promise.race([Promise.allSettled(running), leave]).finally(() => clearTimeout(abort))
    },
  }
}
