import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDate, readDate, shapeOfDay, writeDate } from '../../web/src/parts/date-input/written-date.ts'

const letters = { day: 'DD', month: 'MM', year: 'YYYY' }

test.each([
  ['en-GB', '31/12/2026', 'DD/MM/YYYY'],
  ['en-IE', '31/12/2026', 'DD/MM/YYYY'],
  ['en-US', '12/31/2026', 'MM/DD/YYYY'],
  ['fr-FR', '31/12/2026', 'DD/MM/YYYY'],
  ['fr-CH', '31.12.2026', 'DD.MM.YYYY'],
  ['fr-CA', '2026-12-31', 'YYYY-MM-DD'],
])('in %s the last day of the year is %s', (notation, written, shape) => {
  expect(writeDate('2026-12-31', notation)).toBe(written)
  expect(readDate(written, notation)).toBe('2026-12-31')
  expect(shapeOfDay(notation, letters)).toBe(shape)
})

test.each([
  ['en-GB', '1/2/2027', '2027-02-01'],
  ['en-US', '1/2/2027', '2027-01-02'],
  ['fr-FR', '1.2.27', '2027-02-01'],
  ['fr-FR', ' 01 - 02 - 2027 ', '2027-02-01'],
  ['fr-FR', '2027-02-01', '2027-02-01'],
  ['en-GB', '29/2/2028', '2028-02-29'],
])('a reader in %s means by “%s” the day %s', (notation, typed, day) => {
  expect(readDate(typed, notation)).toBe(day)
})

test.each([
  ['en-GB', ''],
  ['en-GB', 'tomorrow'],
  ['en-GB', '12/2026'],
  ['en-GB', '29/2/2027'],
  // The order of another notation is never guessed.
  ['en-US', '31/12/2026'],
  ['fr-FR', '12/31/2026'],
  ['fr-FR', '31/12/202'],
  ['fr-FR', '31/12/2026 14:30'],
])('a reader in %s means no day by “%s”', (notation, typed) => {
  expect(readDate(typed, notation)).toBeNull()
})

test.each([
  ['en-GB', '31/12/2026 14:30', '2026-12-31T14:30'],
  ['en-US', '12/31/2026 02:30 PM', '2026-12-31T14:30'],
  ['en-US', '12/31/2026, 12:05 am', '2026-12-31T00:05'],
  ['fr-FR', '31/12/2026 9h05', '2026-12-31T09:05'],
  ['fr-FR', '31/12/2026', '2026-12-31T00:00'],
  ['fr-FR', '31/12/2026 24:00', null],
  ['en-US', '12/31/2026 14:30 PM', null],
])('a reader in %s means by “%s” the minute %s', (notation, typed, minute) => {
  expect(readDate(typed, notation, 'minute')).toBe(minute)
})

test('what is no date stays as it was typed', () => {
  expect(writeDate('demain', 'fr-FR')).toBe('demain')
  expect(writeDate('', 'fr-FR')).toBe('')
  expect(isDate('2026-12-31T14:30')).toBe(false)
  expect(isDate('2026-12-31', 'minute')).toBe(false)
})

describe.each(['en-GB', 'en-US', 'en-CA', 'en-ZA', 'en-IN', 'fr-FR', 'fr-CA', 'fr-CH', 'fr-BE'])(
  '%s',
  (notation) => {
    const moments = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })

    test('what is written is read as what it was', () => {
      fc.assert(
        fc.property(moments, (moment) => {
          const minute = moment.toISOString().slice(0, 16)
          const day = minute.slice(0, 10)
          expect(readDate(writeDate(day, notation), notation)).toBe(day)
          expect(readDate(writeDate(minute, notation), notation, 'minute')).toBe(minute)
        }),
      )
    })
  },
)
