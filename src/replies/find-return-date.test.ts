import { expect, test } from 'vitest'
import { findReturnDate } from './find-return-date.ts'

const sentOn = new Date('2026-11-24T09:00:00Z')

test.each([
  ['I am away until 30 November 2026.', '2026-11-30'],
  ['Back on Monday, November 30th.', '2026-11-30'],
  ['I return on 2027-01-04 at noon', '2027-01-04'],
  ['away until 4 January', '2027-01-04'],
  ['back 24 November', '2026-11-24'],
  ['back on the 30/11/2026', '2026-11-30'],
  ['until 11/30/2026', '2026-11-30'],
  ["Je suis absente jusqu'au 7 décembre inclus", '2026-12-07'],
  ['De retour le lundi 1er février 2027', '2027-02-01'],
  ["jusqu'au 03/04/2027", '2027-04-03'],
  ['until 3/4/2027', null],
  ['until 31 February 2027', null],
  ['until further notice', null],
  ['Please call on 30 November 2026', null],
  ['', null],
])('%j: %s', (text, date) => {
  expect(findReturnDate(text, sentOn)).toBe(date)
})

test('a day without year is unknown when the message has no date', () => {
  expect(findReturnDate('until 30 November', null)).toBeNull()
  expect(findReturnDate('until 30 November 2026', null)).toBe('2026-11-30')
})
