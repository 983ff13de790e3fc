/**
 * How many items a call may hold. What Exchange manages in the minute that it gives to a batch depends on the mailbox
 * and the hour, so the number is learned: halved when a call was too much, and slowly raised while calls go well.
 */
export interface BatchSize {
  /** Items in the next call, at least one. */
  current(): number
  /** A call of `count` items was too much. */
  halve(count: number): void
  /** A call of `count` items went well. */
  raise(count: number): void
}

/** From one item it takes some 25 full calls back to the largest. */
const steps = 25

export function batchSize(largest: number): BatchSize {
  let size = largest
  return {
    current: () => size,
    halve(count) {
      size = Math.max(1, Math.min(size, Math.floor(count / 2)))
    },
    raise(count) {
      // A call that was not full says nothing about a larger one.
      if (count >= size) size = Math.min(largest, size + Math.ceil(largest / steps))
    },
  }
}

/** One of each kind of call, for the life of an open mailbox. */
export interface BatchSizes {
  changes: BatchSize
  heads: BatchSize
  contents: BatchSize
  settled: BatchSize
  sent: BatchSize
}

/** Few enough items for the minute that EWS gives to a batch, many enough that replies cost little. */
const largestBatch = 50

/** The schema's largest page of changes (MaxSyncChangesReturnedType). */
const largestPage = 512

export function batchSizes(): BatchSizes {
  return {
    changes: batchSize(largestPage),
    heads: batchSize(largestBatch),
    contents: batchSize(largestBatch),
    settled: batchSize(largestBatch),
    sent: batchSize(largestBatch),
  }
}
