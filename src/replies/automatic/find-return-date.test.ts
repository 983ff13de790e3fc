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
  ['I am out of the office until 3 December.', '2026-12-03'],
  ['Back on Dec 7th', '2026-12-07'],
  ['back on December the 7th', '2026-12-07'],
  ['back on the 7th of December 2026', '2026-12-07'],
  ['returning Monday, December 7, 2026', '2026-12-07'],
  ['until 12/24', '2026-12-24'],
  ['until 12/24/26', '2026-12-24'],
  ['until 12/4', null],
  ['until 4.30 pm today', null],
  ['until 24 December at 4.30', '2026-12-24'],
  ['out from 23 to 27 November', '2026-11-27'],
  ['between 23 November and 27 November', '2026-11-27'],
  ['out of the office 23–27 November', '2026-11-27'],
  ['out of the office Nov 23 - Nov 27', '2026-11-27'],
  ['from November 23 through November 27', '2026-11-27'],
  ['Call 514-555-0199 for help', null],
  ['until 20 November', null],
  ['until 20 November 2026', null],
  ['Away until 20 November 2026. Back 3 December 2026', '2026-12-03'],
  ['until 3 March', '2027-03-03'],
  ["jusqu'au lundi 7 décembre inclus", '2026-12-07'],
  ['du 23/11 au 27/11', '2026-11-27'],
  ['du lundi 23 au vendredi 27 novembre', '2026-11-27'],
  ['du 21/12/26 au 03/01/27 inclus', '2027-01-03'],
  ['Je reprendrai le 1er décembre', '2026-12-01'],
  ['bis einschließlich 4.12.', '2026-12-04'],
  ['bis 4.12. 9 Uhr', '2026-12-04'],
  ['heute nur bis 9.10 Uhr', null],
  ['vom 23.11. bis 27.11.', '2026-11-27'],
  ['bis zum 4. 12. 2026', '2026-12-04'],
  ['ab dem 07.12.26 wieder erreichbar', '2026-12-07'],
  ['Ich bin ab 1. Dezember wieder da', '2026-12-01'],
  ['del 23 al 27 de noviembre', '2026-11-27'],
  ['hasta el 30 de noviembre de 2026', '2026-11-30'],
  ['dal 23 al 27 novembre', '2026-11-27'],
  ['rientro lunedì 7 dicembre', '2026-12-07'],
  ['tot en met vrijdag 4 december', '2026-12-04'],
  ['van 23 t/m 27 november', '2026-11-27'],
  ['terug op 7 dec.', '2026-12-07'],
  ['de 23 a 27 de novembro', '2026-11-27'],
  ['até ao dia 4 de dezembro', '2026-12-04'],
  ['od 23 do 27 listopada', '2026-11-27'],
  ['wracam 7 grudnia', '2026-12-07'],
  ['Please call on 30 November 2026', null],
  ['', null],
])('%j: %s', (text, date) => {
  expect(findReturnDate(text, sentOn)).toBe(date)
})

test('a day without year is unknown when the message has no date', () => {
  expect(findReturnDate('until 30 November', null)).toBeNull()
  expect(findReturnDate('until 30 November 2026', null)).toBe('2026-11-30')
})
