import type { JobOutcome } from './queue.ts'

export interface Lanes<Item> {
  /**
   * Has items worked in the lane of this key, and says what became of each, in order, once it is worked. What waits
   * there already is not added again.
   */
  add(key: string, items: readonly Item[]): Promise<JobOutcome[]>
  /**
   * Begins nothing more and waits for what is under way: aborted after `abortMs`, and left after twice that. What was
   * not begun is left to others at once.
   */
  stop(abortMs: number): Promise<void>
}

interface Lane<Item> {
  waiting: Map<Item, PromiseWithResolvers<JobOutcome>>
  running: number
}

/**
 * Lanes beside each other, one a key: however many of them hang, the others go on. Within a lane up to `width` batches
 * are under way, of what has gathered. A batch that throws has failed.
 */
export function openLanes<Item>(
  { width, batchSize }: { width: number; batchSize: number },
  work: (key: string, items: Item[], signal: AbortSignal) => Promise<void>,
): Lanes<Item> {
  const lanes = new Map<string, Lane<Item>>()
  const running = new Set<Promise<void>>()
  const aborting = new AbortController()
  let isStopping = false

  function advance(key: string, lane: Lane<Item>): void {
    while (!isStopping && lane.running < width && lane.waiting.size > 0) {
      const taken = [...lane.waiting].slice(0, batchSize)
      const items = taken.map(([item]) => item)
      for (const item of items) lane.waiting.delete(item)
      lane.running += 1
      const batch = work(key, items, aborting.signal)
        .then(
          (): JobOutcome => ({ outcome: 'done' }),
          (error: unknown): JobOutcome => ({ outcome: 'failed', error }),
        )
        .then((outcome) => {
          for (const [, ended] of taken) ended.resolve(outcome)
          running.delete(batch)
          lane.running -= 1
          advance(key, lane)
        })
      running.add(batch)
    }
    if (lane.running === 0 && lane.waiting.size === 0) lanes.delete(key)
  }

  return {
    async add(key, items) {
      if (isStopping) return items.map(() => ({ outcome: 'left' }))
      const lane = lanes.get(key) ?? { waiting: new Map(), running: 0 }
      lanes.set(key, lane)
      for (const item of items) {
        if (!lane.waiting.has(item)) lane.waiting.set(item, Promise.withResolvers())
      }
      const ends = items.flatMap((item) => lane.waiting.get(item)?.promise ?? [])
      advance(key, lane)
      return Promise.all(ends)
    },
    async stop(abortMs) {
      isStopping = true
      for (const { waiting } of lanes.values()) {
        for (const ended of waiting.values()) ended.resolve({ outcome: 'left' })
      }
      const abort = setTimeout(() => aborting.abort(new Error('Countersign is stopping')), abortMs)
      const leave = new Promise((resolve) => setTimeout(resolve, 2 * abortMs).unref())
      await Promise.race([Promise.allSettled(running), leave]).finally(() => clearTimeout(abort))
    },
  }
}
