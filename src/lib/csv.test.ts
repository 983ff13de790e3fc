import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test('a line of cells, each in quotes', () => {
  expect(csvLine([42, 'a', 'say "no"', 'two\nlines', ''])).toBe('"42","a","say ""no""","two\nlines",""\r\n')
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '|calc', '%0A', '\n@x'])(
  'what a spreadsheet would run is text: %j',
  (cell) => {
    expect(csvLine([cell])).toBe(`"'${cell}"\r\n`)
  },
)

test('a number that we made stays one, and a minus inside a text is no formula', () => {
  expect(csvLine([-1, 'on 2026-11-24', 'a = b'])).toBe('"-1","on 2026-11-24","a = b"\r\n')
})
