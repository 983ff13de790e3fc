import { expect, test } from 'vitest'
import { printable, printableLine } from './printable.ts'

test.each([
  ['\u001b[31mred\u0007', '␛[31mred␇'],
  ['\u009b2J \u0085', '<U+009B>2J <U+0085>'],
  ['over\rwritten\u007f', 'over␍written␡'],
  ['abc\u202etxt.exe', 'abc<U+202E>txt.exe'],
  ['N\u00ado \u200byes\ufeff', 'N<U+00AD>o <U+200B>yes<U+FEFF>'],
  ['one\u2028two', 'one<U+2028>two'],
  ['tags \u{e0041}', 'tags <U+E0041>'],
  ['one\n\ttwo', 'one\n\ttwo'],
  ['👩\u200d💻 می\u200cخواهم 审批', '👩\u200d💻 می\u200cخواهم 审批'],
])('%j is shown as %s', (text, expected) => {
  expect(printable(text)).toBe(expected)
})

test('one line stays one', () => {
  expect(printableLine('Subject\nForged: line\tx')).toBe('Subject␊Forged: line␉x')
})
