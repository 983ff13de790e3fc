import { expect, test } from 'vitest'
import { dayAt, daysAfter, startOfDay } from '../../web/src/parts/start-of-day.ts'

test.each([
  ['2026-12-24', 'UTC', '2026-12-24T00:00:00.000Z'],
  ['2026-12-24', 'Europe/Paris', '2026-12-23T23:00:00.000Z'],
  ['2026-07-14', 'Europe/Paris', '2026-07-13T22:00:00.000Z'],
  ['2026-12-24', 'America/Montreal', '2026-12-24T05:00:00.000Z'],
  ['2026-12-24', 'Pacific/Noumea', '2026-12-23T13:00:00.000Z'],
  ['2026-12-24', 'Asia/Kathmandu', '2026-12-23T18:15:00.000Z'],
  // The clocks change on these days, hours after they have begun.
  ['2026-03-29', 'Europe/Paris', '2026-03-28T23:00:00.000Z'],
  ['2026-10-25', 'Europe/Paris', '2026-10-24T22:00:00.000Z'],
  ['2026-11-01', 'America/Montreal', '2026-11-01T04:00:00.000Z'],
])('%s begins in %s at %s, and is the day of that moment', (day, timeZone, moment) => {
  expect(startOfDay(day, timeZone).toISOString()).toBe(moment)
  expect(dayAt(new Date(moment), timeZone)).toBe(day)
  expect(dayAt(new Date(Date.parse(moment) - 1), timeZone)).toBe(daysAfter(day, -1))
})

test('days go on over the ends of months and years', () => {
  expect(daysAfter('2028-02-28', 1)).toBe('2028-02-29')
  expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01')
})
