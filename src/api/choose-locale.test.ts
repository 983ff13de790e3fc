import { expect, test } from 'vitest'
import { chooseLocale } from './choose-locale.ts'

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['fr', 'fr'],
  ['FR-ca', 'fr'],
  ['de, es', 'en'],
  ['de, fr;q=0.1', 'fr'],
  ['en;q=0.5, fr;q=0.6', 'fr'],
  ['fr;q=0.5, en;q=0.6', 'en'],
  ['fr;q=0, en;q=0.1', 'en'],
  ['fr;q=nonsense', 'en'],
  [`${'x,'.repeat(10_000)}fr`, 'en'],
])('%j is answered in %s', (header, locale) => {
  expect(chooseLocale(header)).toBe(locale)
})
