import { expect, test } from 'vitest'
import { localDate, localTime } from './local-time.ts'

test('the first of a month is an ordinal in French', () => {
  expect(localDate('2026-12-01', 'fr')).toBe('1er décembre 2026')
  expect(localDate('2026-12-11', 'fr')).toBe('11 décembre 2026')
  expect(localDate('2026-12-01', 'en')).toBe('1 December 2026')
  const moment = new Date('2026-12-01T11:03:00Z')
  expect(localTime(moment, 'fr', 'Europe/Paris')).toMatch(/^1er décembre 2026 à 12:03 /)
  expect(localTime(moment, 'en', 'Europe/Paris')).toMatch(/^1 December 2026 at 12:03 /)
})
