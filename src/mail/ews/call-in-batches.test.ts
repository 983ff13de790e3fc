import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { HttpAnswerTooLarge } from '../../lib/http-client.ts'
import { networkError } from '../network-error.ts'
import type { Outcome } from '../outcome.ts'
import { batchSize } from './batch-size.ts'
import { type BatchOptions, callInBatches } from './call-in-batches.ts'
import { responseCodeError } from './response-codes.ts'
import { unreadable } from './response-message.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
/** Items of one byte that may be tried twice, in a mailbox that answers. */
const small = (): BatchOptions<number> => ({
  size: batchSize(50),
  sizeOf: () => 1,
  repeatable: true,
  troubleOfMailbox: async () => null,
})
const failed = (code: string): Outcome<number> => ({
  value: null,
  error: responseCodeError(code, undefined, ''),
})
const done = (value: number): Outcome<number> => ({ value, error: null })

/** Calls in batches and keeps what each call held. */
async function run(
  items: number[],
  answer: (batch: number[], call: number) => Outcome<number>[],
  options = small(),
) {
  const calls: number[][] = []
  const result = await callInBatches(items, options, async (batch) => {
    calls.push(batch)
    return answer(batch, calls.length)
  })
  return { ...result, calls }
}

test('keeps the order, 50 items a batch', async () => {
  const { outcomes, calls, stoppedBy } = await run(numbers(120), (batch) => batch.map(done))
  expect(outcomes.map(({ value }) => value)).toEqual(numbers(120))
  expect(calls.map(({ length }) => length)).toEqual([50, 50, 20])
  expect(stoppedBy).toBeNull()
})

test('sizes batches by bytes; an item larger than a batch goes alone', async () => {
  const megabytes = [1, 2, 1, 9, 3, 2]
  const sizeOf = (item: number) => (megabytes[item] ?? 0) * 1024 * 1024
  const { calls } = await run(numbers(6), (batch) => batch.map(done), { ...small(), sizeOf })
  expect(calls).toEqual([[0, 1, 2], [3], [4], [5]])
})

test('halves what Exchange had no time for, and keeps what it did', async () => {
  const { outcomes, calls } = await run(numbers(50), (batch) =>
    batch.map((item, index) => (index < 10 ? done(item) : failed('ErrorBatchProcessingStopped'))),
  )
  expect(outcomes.map(({ value }) => value)).toEqual(numbers(50))
  expect(calls.slice(0, 4).map(({ length }) => length)).toEqual([50, 25, 12, 6])
})

test('an item that takes too long even alone fails alone', async () => {
  const { outcomes, stoppedBy } = await run(numbers(60), (batch) => {
    if (batch.includes(7)) throw responseCodeError('ErrorTimeoutExpired', undefined, '')
    return batch.map(done)
  })
  expect(outcomes.filter(({ error }) => error !== null)).toHaveLength(1)
  expect(outcomes[7]?.error?.providerCode).toBe('ErrorTimeoutExpired')
  expect(stoppedBy).toBeNull()
})

test.each([
  ['unreadable-answer', unreadable('too many elements')],
  ['answer-too-large', networkError(new HttpAnswerTooLarge('64 MB'), 'outlook.office365.com')],
])('a mail too large to read with others costs only itself: %s', async (code, error) => {
  const { outcomes, stoppedBy } = await run(numbers(60), (batch) => {
    if (batch.includes(49)) throw error
    return batch.map(done)
  })
  const expected = numbers(60).map((item) => (item === 49 ? code : null))
  expect(outcomes.map((outcome) => outcome.error?.providerCode ?? null)).toEqual(expected)
  expect(stoppedBy).toBeNull()
})

test('does not repeat what must not be done twice', async () => {
  const { outcomes, calls } = await run(
    numbers(60),
    () => {
      throw responseCodeError('ErrorTimeoutExpired', undefined, '')
    },
    { ...small(), repeatable: false },
  )
  expect(calls).toHaveLength(1)
  expect(outcomes.map(({ error }) => error?.mayHaveHappened)).toEqual([
    ...Array.from({ length: 50 }, () => true),
    ...Array.from({ length: 10 }, () => false),
  ])
})

test('what must not be done twice is tried in parts where nothing was done, and one mail spoils no other', async () => {
  const { outcomes, stoppedBy } = await run(
    numbers(60),
    (batch) => {
      if (batch.includes(7)) throw responseCodeError('ErrorInvalidRequest', undefined, '')
      return batch.map(done)
    },
    { ...small(), repeatable: false },
  )
  const expected = numbers(60).map((item) => (item === 7 ? 'ErrorInvalidRequest' : null))
  expect(outcomes.map(({ error }) => error?.providerCode ?? null)).toEqual(expected)
  expect(stoppedBy).toBeNull()
})

test('after the mailbox is throttled the rest is not tried, and says why', async () => {
  const { outcomes, calls, stoppedBy } = await run(numbers(800), (batch, call) =>
    batch.map((item) => (call === 2 && item > 60 ? failed('ErrorServerBusy') : done(item))),
  )
  // One call to begin with, then eight at a time.
  expect(calls).toHaveLength(9)
  expect(stoppedBy?.kind).toBe('throttled')
  expect(outcomes[60]?.value).toBe(60)
  expect(outcomes[799]?.error).toMatchObject({ kind: 'throttled', mayHaveHappened: false })
})

test('makes eight calls at a time once one went well, and one again after trouble', async () => {
  const options = small()
  const underWay = new Set<number[]>()
  const most = async (trouble: boolean) => {
    let seen = 0
    await callInBatches(numbers(500), options, async (batch) => {
      underWay.add(batch)
      seen = Math.max(seen, underWay.size)
      await setImmediate()
      underWay.delete(batch)
      return batch.map((item) => (trouble ? failed('ErrorServerBusy') : done(item)))
    })
    return seen
  }
  expect(await most(false)).toBe(8)
  expect(await most(true)).toBe(8)
  expect(await most(true)).toBe(1)
})

test('what must not be done twice is done one call at a time', async () => {
  let underWay = 0
  await callInBatches(numbers(200), { ...small(), repeatable: false }, async (batch) => {
    underWay += 1
    await setImmediate()
    expect(underWay).toBe(1)
    underWay -= 1
    return batch.map(done)
  })
  expect.assertions(4)
})

test('a large item among small ones cuts no batch short', async () => {
  const megabytes = [1, 9, 1, 1]
  const sizeOf = (item: number) => (megabytes[item] ?? 0) * 1024 * 1024
  const { calls, outcomes } = await run(numbers(4), (batch) => batch.map(done), { ...small(), sizeOf })
  expect(calls).toEqual([[0, 2, 3], [1]])
  expect(outcomes.map(({ value }) => value)).toEqual(numbers(4))
})

test('one item that spoils every call it is in is found and left, the others are done', async () => {
  const { outcomes, stoppedBy } = await run(numbers(50), (batch) => {
    if (batch.includes(30)) throw failed('ErrorAccessDenied').error
    return batch.map(done)
  })
  expect(outcomes.flatMap(({ error }, index) => (error ? [index] : []))).toEqual([30])
  expect(outcomes[30]?.error).toMatchObject({ kind: 'refused', retry: 'later', messageKey: 'item.refused' })
  expect(stoppedBy).toBeNull()
})

test('when the mailbox does not answer either, no single item is blamed', async () => {
  const trouble = responseCodeError('ErrorMailboxStoreUnavailable', undefined, '')
  const { outcomes, calls, stoppedBy } = await run(
    [1, 2],
    (batch) => batch.map(() => failed('ErrorAccessDenied')),
    {
      ...small(),
      troubleOfMailbox: async () => trouble,
    },
  )
  expect(calls).toHaveLength(1)
  expect(stoppedBy).toBe(trouble)
  expect(outcomes.map(({ error }) => error?.kind)).toEqual(['unavailable', 'unavailable'])
})

test('a mailbox that is away is asked once, and not again in smaller and smaller calls', async () => {
  const trouble = responseCodeError('ErrorMailboxFailover', undefined, '')
  const { outcomes, calls, stoppedBy } = await run(
    numbers(50),
    () => {
      throw trouble
    },
    { ...small(), troubleOfMailbox: async () => trouble },
  )
  expect(calls).toHaveLength(1)
  expect(stoppedBy).toBe(trouble)
  expect(outcomes.map(({ error }) => error?.kind)).toEqual(Array(50).fill('unavailable'))
})

test.each(['ErrorInternalServerTransientError', 'ErrorConnectionFailed', 'ErrorMailboxStoreUnavailable'])(
  'an item that always answers %s holds up no other',
  async (code) => {
    const { outcomes, calls, stoppedBy } = await run(numbers(60), (batch) =>
      batch.map((item) => (item === 7 ? failed(code) : done(item))),
    )
    expect(calls).toHaveLength(2)
    expect(stoppedBy).toBeNull()
    expect(outcomes[7]?.error).toMatchObject({ kind: 'refused', retry: 'later', providerCode: code })
  },
)

test('an item that takes too long alone is told so by its own response message', async () => {
  const { outcomes, stoppedBy } = await run([1], () => [failed('ErrorTimeoutExpired')])
  expect(stoppedBy).toBeNull()
  expect(outcomes[0]?.error).toMatchObject({ kind: 'refused', providerCode: 'ErrorTimeoutExpired' })
})

test('what was stopped even alone stops the rest, instead of being tried for ever', async () => {
  const { calls, stoppedBy } = await run(numbers(8), (batch) =>
    batch.map(() => failed('ErrorBatchProcessingStopped')),
  )
  expect(calls.map(({ length }) => length)).toEqual([8, 4, 2, 1])
  expect(stoppedBy?.providerCode).toBe('ErrorBatchProcessingStopped')
})

test('what Exchange did not get to is sent after all, and what it did not again', async () => {
  const { outcomes, calls } = await run(
    numbers(4),
    (batch, call) =>
      batch.map((item, index) =>
        call === 1 && index > 0 ? failed('ErrorBatchProcessingStopped') : done(item),
      ),
    { ...small(), repeatable: false },
  )
  expect(calls).toEqual([[0, 1, 2, 3], [1, 2], [3]])
  expect(outcomes.map(({ error }) => error)).toEqual([null, null, null, null])
})

test("one item's own trouble stops nothing", async () => {
  const { outcomes, calls } = await run(numbers(100), (batch) =>
    batch.map((item) => (item === 3 ? failed('ErrorInternalServerError') : done(item))),
  )
  expect(calls).toHaveLength(2)
  expect(outcomes.filter(({ error }) => error !== null)).toHaveLength(1)
})

test('a fault of ours is not taken for a failure of the mailbox', async () => {
  const bug = new TypeError('undefined is not a function')
  await expect(
    run([1], () => {
      throw bug
    }),
  ).rejects.toBe(bug)
})
