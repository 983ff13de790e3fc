import { expect, test } from 'vitest'
import { figuresIn } from './figures-in.ts'

test.each([
  ['4,200.00 EUR and 4.200,00 or 4’200', ['4200', '4200', '4200']],
  ['4 200,50', ['4200.5']],
  ['12 laptops, 12,5 %', ['12', '12.5']],
  ['1,234,567', ['1234567']],
  ['2026-11-24', ['2026', '11', '24']],
  ['none', []],
])('the numbers in %s', (text, values) => {
  expect(figuresIn(text).map(({ value }) => value)).toEqual(values)
})
