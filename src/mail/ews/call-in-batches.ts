import { MailError } from '../errors.ts'
import { isOfTheMailbox, type Outcome } from './response-message.ts'

export interface BatchOptions<Item> {
  /** Bytes that an item adds to the request or the answer. */
  sizeOf(item: Item): number
  /** Whether a batch of unknown outcome may be tried again in halves: true where doing it twice does no harm. */
  repeatable: boolean
}

interface BatchOutcome<Value> {
  /** One per item, in order. */
  outcomes: Outcome<Value>[]
  /** Why the rest was not tried; null when everything was. */
  stoppedBy: MailError | null
}

/** Few enough for the minute that EWS gives to a batch, many enough that replies cost little. */
const largestBatch = { items: 50, bytes: 4 * 1024 * 1024 }

/**
 * Calls an operation over items, batch by batch, and never throws half-way. A batch that was too much for Exchange or
 * for us is cut in halves. After a failure of the whole mailbox (throttled, unreachable, refused) the rest is not
 * tried, because it would only add to it.
 */
export async function callInBatches<Item, Value>(
  items: Item[],
  options: BatchOptions<Item>,
  call: (batch: Item[]) => Promise<Outcome<Value>[]>,
): Promise<BatchOutcome<Value>> {
  const byItem = new Map<Item, Outcome<Value>>()
  const waiting = intoBatches(items, options.sizeOf)
  let stoppedBy: MailError | null = null

  for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
    if (stoppedBy !== null) {
      for (const item of batch) byItem.set(item, { value: null, error: notTried(stoppedBy) })
      continue
    }
    const { outcomes, thrown } = await outcomesOf(batch, call)
    const again: Item[] = []
    batch.forEach((item, index) => {
      const outcome = outcomes[index] as Outcome<Value>
      byItem.set(item, outcome)
      if (outcome.error === null) return
      if (wasTooMuch(outcome.error, options.repeatable)) again.push(item)
      else if (thrown || isOfTheMailbox(outcome.error)) stoppedBy = outcome.error
    })
    if (batch.length > 1) waiting.unshift(...halves(again))
  }
  return { outcomes: items.map((item) => byItem.get(item) as Outcome<Value>), stoppedBy }
}

function intoBatches<Item>(items: Item[], sizeOf: (item: Item) => number): Item[][] {
  const batches: Item[][] = []
  let bytes = 0
  for (const item of items) {
    const batch = batches.at(-1)
    const size = sizeOf(item)
    if (batch && batch.length < largestBatch.items && bytes + size <= largestBatch.bytes) {
      batch.push(item)
      bytes += size
    } else {
      batches.push([item])
      bytes = size
    }
  }
  return batches
}

async function outcomesOf<Item, Value>(
  batch: Item[],
  call: (batch: Item[]) => Promise<Outcome<Value>[]>,
): Promise<{ outcomes: Outcome<Value>[]; thrown: boolean }> {
  try {
    return { outcomes: await call(batch), thrown: false }
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    return { outcomes: batch.map(() => ({ value: null, error })), thrown: true }
  }
}

/** Exchange ran out of time, or the answer was beyond our bounds, as a few mails with very many headers can bring about. */
const tooMuch = new Set(['ErrorTimeoutExpired', 'unreadable-answer', 'answer-too-large'])

/** Whether a smaller batch may fare better; where there is none, the item is at fault and not the mailbox. */
function wasTooMuch({ providerCode }: MailError, repeatable: boolean): boolean {
  return providerCode === 'ErrorBatchProcessingStopped' || (repeatable && tooMuch.has(providerCode))
}

function halves<Item>(items: Item[]): Item[][] {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)].filter((half) => half.length > 0)
}

/** The same failure for an item that was never sent. */
function notTried(error: MailError): MailError {
  const { kind, retry, providerCode, messageValues } = error
  return new MailError(`Not tried: ${error.message}`, {
    kind,
    retry,
    ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
    providerCode,
    ...(error.messageKey === null ? {} : { messageKey: error.messageKey }),
    messageValues,
    cause: error,
  })
}
