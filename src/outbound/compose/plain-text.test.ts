import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainLine, plainLines } from './plain-text.ts'

test.each([
  ['two\r\nlines', 'two lines'],
  ['Bcc:\u0000\u0085x\u2028y', 'Bcc: x y'],
  ['amount \u202e000,1\u202c \u2066x\u2069', 'amount 000,1 x'],
  ['  a\t\tb  ', 'a b'],
  ['18\u202f460,00\u00a0€', '18\u202f460,00\u00a0€'],
  ['👩‍💻 Nadia', '👩‍💻 Nadia'],
  ['half \ud83d', 'half \ufffd'],
])('%j becomes %j', (value, line) => expect(plainLine(value, 100)).toBe(line))

test('a long value is cut with an ellipsis, never inside a character', () => {
  expect(plainLine('abcdef', 6)).toBe('abcdef')
  expect(plainLine('abcdefg', 6)).toBe('abcde…')
  expect(plainLine('abcd👍fg', 6)).toBe('abcd…')
  expect(plainLine(`${'\u200b'.repeat(100)}tail`, 6)).toBe('…')
})

test('any value becomes one bounded line', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
      fc.integer({ min: 1, max: 50 }),
      (value, max) => {
        const line = plainLine(value, max)
        expect(line.length).toBeLessThanOrEqual(max)
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect(line.isWellFormed()).toBe(true)
      },
    ),
  )
})

test('lines are kept, empty ones dropped, and too many end in an ellipsis', () => {
  expect(plainLines('a\r\n\r\nb\nc', 3, 10)).toEqual(['a', 'b', 'c'])
  expect(plainLines('a\nb\nc\nd', 3, 10)).toEqual(['a', 'b', '…'])
  expect(plainLines(' \n\r\n', 3, 10)).toEqual([])
})
