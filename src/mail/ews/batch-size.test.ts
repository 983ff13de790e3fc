import { expect, test } from 'vitest'
import { batchSize } from './batch-size.ts'

test('is halved by what was too much, down to one item', () => {
  const size = batchSize(50)
  const seen: number[] = []
  for (let call = 0; call < 7; call += 1) {
    size.halve(size.current())
    seen.push(size.current())
  }
  expect(seen).toEqual([25, 12, 6, 3, 1, 1, 1])
})

test('a small call that was too much says more than a large one that went well', () => {
  const size = batchSize(50)
  size.halve(8)
  expect(size.current()).toBe(4)
})

test('grows back slowly, by full calls only, and never beyond the largest', () => {
  const size = batchSize(50)
  size.halve(2)
  size.raise(0)
  expect(size.current()).toBe(1)
  let calls = 0
  for (; size.current() < 50 && calls < 100; calls += 1) size.raise(size.current())
  expect(calls).toBe(25)
  size.raise(50)
  expect(size.current()).toBe(50)
})
