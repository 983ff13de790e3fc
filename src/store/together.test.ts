import { beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import type { Store } from './store.ts'
import { together } from './together.ts'

describeOnBothDatabases('calls of one moment', (open) => {
  let store: Store

  beforeAll(async () => {
    store = await open()
  })

  /** Doubles numbers, and notes which were doubled together. */
  function doubling() {
    const batches: number[][] = []
    const double = together(async (_db, numbers: readonly number[]) => {
      batches.push([...numbers])
      return numbers.map((number) => number * 2)
    })
    return { batches, double }
  }

  test('run as one, each with its own answer', async () => {
    const { batches, double } = doubling()
    expect(await Promise.all([1, 2, 2].map((number) => double(store.db, number)))).toEqual([2, 4, 4])
    expect(batches).toEqual([[1, 2, 2]])
  })

  test('ask again what was asked before: nothing is remembered', async () => {
    const { batches, double } = doubling()
    await double(store.db, 1)
    await double(store.db, 1)
    expect(batches).toEqual([[1], [1]])
  })

  test('of two transactions stay apart', async () => {
    const { batches, double } = doubling()
    await store.db.transaction().execute(async (tx) => {
      await Promise.all([double(tx, 1), double(store.db, 2)])
    })
    expect(batches).toEqual([[1], [2]])
  })

  test('all fail when their statement does', async () => {
    const failing = together(async (): Promise<number[]> => {
      throw new Error('no such table')
    })
    const outcomes = await Promise.allSettled([failing(store.db, 1), failing(store.db, 2)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  test('keep their order when they are too many for a statement', async () => {
    const { batches, double } = doubling()
    const numbers = Array.from({ length: 1_200 }, (_, index) => index)
    const doubled = await Promise.all(numbers.map((number) => double(store.db, number)))
    expect(doubled).toEqual(numbers.map((number) => number * 2))
    expect(batches.map((batch) => batch.length)).toEqual([500, 500, 200])
  })
})
