import { expect, test } from 'vitest'
import { formatValue } from './format-value.ts'
import type { Field } from './process.ts'

const field = (type: Field['type'], rest: Partial<Field> = {}): Field => ({
  name: 'field',
  type,
  label: { en: 'Field' },
  filledBy: 'requester',
  required: false,
  ...rest,
})
const euro = field('money', { currency: 'EUR' })
const colour = field('choice', {
  options: [
    { value: 'red', label: { en: 'Red', fr: 'Rouge' } },
    { value: 'x', label: { en: 'Only English' } },
  ],
})
/** Intl writes narrow and plain no-break spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test.each<[Field, unknown, string, string]>([
  [field('text'), 'As <b>written</b>', 'As <b>written</b>', 'As <b>written</b>'],
  [field('number'), 1234567.25, '1,234,567.25', '1 234 567,25'],
  [euro, '18460.00', '€18,460.00', '18 460,00 €'],
  [euro, '-12.34', '-€12.34', '-12,34 €'],
  [euro, '999999999999999.99', '€999,999,999,999,999.99', '999 999 999 999 999,99 €'],
  [field('money', { currency: 'JPY' }), '500', 'JP¥500', '500 JPY'],
  [field('date'), '2026-07-15', '15 July 2026', '15 juillet 2026'],
  [field('date'), '2026-08-01', '1 August 2026', '1er août 2026'],
  [field('date'), '2026-07-21', '21 July 2026', '21 juillet 2026'],
  [colour, 'red', 'Red', 'Rouge'],
  [colour, 'x', 'Only English', 'Only English'],
  [colour, 'toString', 'toString', 'toString'],
  [field('text'), undefined, '', ''],
  [field('number'), null, '', ''],
  [euro, 'a lot', 'a lot', 'a lot'],
  [field('date'), 'soon', 'soon', 'soon'],
  [field('number'), '12', '12', '12'],
])('%j: %j', (of, value, english, french) => {
  expect(plain(formatValue(of, value, 'en'))).toBe(english)
  expect(plain(formatValue(of, value, 'fr'))).toBe(french)
})
