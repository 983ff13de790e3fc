import { expect, test } from 'vitest'
import { withFirstOfMonth } from '../../web/src/parts/first-of-month.ts'

test.each([
  ['mardi 1 décembre', 'fr-CA', 'mardi 1er décembre'],
  ['1 décembre 2026', 'fr-FR', '1er décembre 2026'],
  ['mercredi 11 novembre', 'fr-FR', 'mercredi 11 novembre'],
  ['Tuesday 1 December', 'en-GB', 'Tuesday 1 December'],
])('%s in %s: %s', (written, notation, expected) => {
  expect(withFirstOfMonth(written, notation)).toBe(expected)
})
