import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isNear } from './is-near.ts'

test.each([
  ['approve', 'aprove', true],
  ['approve', 'apporve', true],
  ['approve', 'approvee', true],
  ['approve', 'approva', true],
  ['approve', 'approve', false],
  ['approve', 'aprov', false],
  ['approve', 'paporve', false],
  ['accept', 'except', false],
  ['', 'a', true],
])('%s and %s: %s', (one, other, near) => {
  expect(isNear(one, other)).toBe(near)
  expect(isNear(other, one)).toBe(near)
})

test('one inserted letter is near', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.constantFrom('x', 'é', '-'), (word, seed, letter) => {
      const at = seed % (word.length + 1)
      expect(isNear(word, word.slice(0, at) + letter + word.slice(at))).toBe(true)
    }),
  )
})
