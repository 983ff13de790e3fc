/**
 * How many items a call may hold, and how many such calls may be under way. What Exchange manages in the minute that it
 * gives to a batch depends on the mailbox and the hour, so both are learned: lowered when a call was too much, and raised
 * while calls go well.
 */
export interface BatchSize {
  /** Items in the next call, at least one. */
  current(): number
  /** Calls at a time: one, until one went well. */
  calls(): number
  /** A call of `count` items was too much. */
  halve(count: number): void
  /** A call of `count` items went well. */
  raise(count: number): void
  /** The mailbox did not answer: the next call is the only one, to see whether it does again. */
  beCareful(): void
}

/** From one item it takes some 25 full calls back to the largest. */
const steps = 25

/** Calls under way take the time of one; with one that listens and one that sends they are the ten of Microsoft's advice. */
const mostCalls = 8

export function batchSize(largest: number): BatchSize {
  let size = largest
  let calls = 1
  return {
    current: () => size,
    calls: () => calls,
    halve(count) {
      size = Math.max(1, Math.min(size, Math.floor(count / 2)))
      calls = 1
    },
    beCareful() {
      calls = 1
    },
    raise(count) {
      calls = mostCalls
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
