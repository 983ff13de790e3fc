import { isAboutOneMessage, MailError } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import type { BatchSize } from './batch-size.ts'
import { type Blame, blameFor, itemError } from './blame.ts'

export interface BatchOptions<Item> {
  size: BatchSize
  /** Bytes that an item adds to the request or the answer. */
  sizeOf(item: Item): number
  /** Whether a batch of unknown outcome may be tried again in parts: true where doing it twice does no harm. */
  repeatable: boolean
  /** Why the mailbox does not answer, asked without any of the items; null when it does. */
  troubleOfMailbox(): Promise<MailError | null>
}

interface BatchOutcome<Value> {
  /** One per item, in order. */
  outcomes: Outcome<Value>[]
  /** Why the rest was not tried; null when everything was. */
  stoppedBy: MailError | null
}

/** One item always passes, however large. */
const largestBatchBytes = 4 * 1024 * 1024

/**
 * Calls an operation over items, batch by batch, several at a time, and never throws half-way. A batch that fails as a
 * whole, because it is too much or because one item spoils it, is tried again in smaller ones, until what cannot be done
 * stands alone. After a failure of the whole mailbox (throttled, unreachable, refused) the rest is not tried, because it
 * would only add to it.
 */
export async function callInBatches<Item, Value>(
  items: Item[],
  options: BatchOptions<Item>,
  call: (batch: Item[]) => Promise<Outcome<Value>[]>,
): Promise<BatchOutcome<Value>> {
  const byItem = new Map<Item, Outcome<Value>>()
  let waiting = items
  let stoppedBy: MailError | null = null

  while (waiting.length > 0 && stoppedBy === null) {
    const batches = nextBatches(waiting, options)
    const called = await Promise.all(batches.map((batch) => outcomesOf(batch, call)))
    const verdicts = batches.map((batch, index) => {
      const { outcomes, thrown } = called[index] as Called<Value>
      batch.forEach((item, place) => {
        byItem.set(item, outcomes[place] as Outcome<Value>)
      })
      return judge(batch, outcomes, thrown, options.repeatable)
    })

    stoppedBy = verdicts.find((verdict) => verdict.stoppedBy !== null)?.stoppedBy ?? null
    if (verdicts.some(({ inDoubt, unclear }) => inDoubt || unclear.length > 0)) {
      const works = called.some(({ outcomes }) => outcomes.some(({ error }) => error === null))
      stoppedBy ??= works ? null : await options.troubleOfMailbox()
    }
    for (const { item, error } of verdicts.flatMap(({ unclear }) => unclear))
      byItem.set(item, { value: null, error: blamed(error, stoppedBy) })
    learn(options.size, batches, verdicts, stoppedBy)
    const taken = new Set(batches.flat())
    waiting = [...verdicts.flatMap(({ again }) => again), ...waiting.filter((item) => !taken.has(item))]
  }
  for (const item of waiting)
    byItem.set(item, { value: null, error: sharedBy(stoppedBy as MailError, false) })
  return { outcomes: items.map((item) => byItem.get(item) as Outcome<Value>), stoppedBy }
}

/**
 * As many batches as may be under way at a time. What must not be done twice goes one by one, so that a cut connection
 * leaves few in doubt.
 */
function nextBatches<Item>(waiting: Item[], options: BatchOptions<Item>): Item[][] {
  const batches: Item[][] = []
  const most = options.repeatable ? options.size.calls() : 1
  for (let left = waiting; left.length > 0 && batches.length < most; ) {
    const batch = nextBatch(left, options)
    const taken = new Set(batch)
    batches.push(batch)
    left = left.filter((item) => !taken.has(item))
  }
  return batches
}

function learn<Item>(
  size: BatchSize,
  batches: Item[][],
  verdicts: Verdict<Item>[],
  stoppedBy: MailError | null,
): void {
  if (stoppedBy !== null) size.beCareful()
  batches.forEach(({ length }, index) => {
    if (verdicts[index]?.tooMuch) size.halve(length)
    else if (stoppedBy === null) size.raise(length)
  })
}

/** The first item and those behind it that still fit, so that a large one among small ones cuts no batch short. */
function nextBatch<Item>(waiting: Item[], { size, sizeOf }: BatchOptions<Item>): Item[] {
  const batch: Item[] = []
  let bytes = 0
  for (const item of waiting) {
    if (batch.length === size.current()) break
    const more = sizeOf(item)
    if (batch.length > 0 && bytes + more > largestBatchBytes) continue
    batch.push(item)
    bytes += more
  }
  return batch
}

interface Called<Value> {
  outcomes: Outcome<Value>[]
  /** Whether the call failed as a whole. */
  thrown: boolean
}

async function outcomesOf<Item, Value>(
  batch: Item[],
  call: (batch: Item[]) => Promise<Outcome<Value>[]>,
): Promise<Called<Value>> {
  try {
    return { outcomes: await call(batch), thrown: false }
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    return { outcomes: batch.map(() => ({ value: null, error })), thrown: true }
  }
}

interface Verdict<Item> {
  /** To be tried again, in smaller batches. */
  again: Item[]
  /** Failed by a fault of their own, if the mailbox answers otherwise. */
  unclear: { item: Item; error: MailError }[]
  /** Whether something may be the fault of an item as well as of the mailbox. */
  inDoubt: boolean
  stoppedBy: MailError | null
  /** Whether the next call should hold less. */
  tooMuch: boolean
}

function judge<Item>(
  batch: Item[],
  outcomes: Outcome<unknown>[],
  thrown: boolean,
  repeatable: boolean,
): Verdict<Item> {
  const verdict: Verdict<Item> = { again: [], unclear: [], inDoubt: false, stoppedBy: null, tooMuch: false }
  const alone = batch.length === 1
  batch.forEach((item, index) => {
    const error = outcomes[index]?.error ?? null
    if (error === null) return
    const blame = blameFor(error)
    verdict.tooMuch ||= asksForLess(blame, thrown)
    verdict.inDoubt ||= blame === 'unclear'
    if (blame === 'mailbox' || (blame === 'not-tried' && alone)) verdict.stoppedBy = error
    else if (blame === 'not-tried') verdict.again.push(item)
    else if (blame === 'item' && !thrown) return
    else if (alone || (blame === 'unclear' && !thrown)) verdict.unclear.push({ item, error })
    else if ((repeatable || !error.mayHaveHappened) && blame !== 'time') verdict.again.push(item)
    else if (thrown) verdict.stoppedBy = error
  })
  return verdict
}

/** A call that failed as a whole may have failed by one item, which a smaller one is likelier not to hold. */
function asksForLess(blame: Blame, thrown: boolean): boolean {
  if (thrown) return blame !== 'mailbox'
  return blame === 'size' || blame === 'not-tried'
}

/** An unclear failure, once it is known what ails the mailbox: nothing, and then it is the item's own. */
function blamed(error: MailError, trouble: MailError | null): MailError {
  if (trouble !== null) return sharedBy(trouble, error.mayHaveHappened)
  return isAboutOneMessage(error) ? error : itemError(error)
}

/** A failure of the mailbox as one of its items has it; an item that was never sent cannot have happened. */
function sharedBy(trouble: MailError, mayHaveHappened: boolean): MailError {
  const { kind, retry, providerCode, messageValues } = trouble
  return new MailError(`The mailbox: ${trouble.message}`, {
    kind,
    retry,
    ...(trouble.retryAfterMs === null ? {} : { retryAfterMs: trouble.retryAfterMs }),
    providerCode,
    ...(trouble.messageKey === null ? {} : { messageKey: trouble.messageKey }),
    messageValues,
    mayHaveHappened,
    cause: trouble,
  })
}
