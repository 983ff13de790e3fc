import { expect, test } from 'vitest'
import { wordsOf } from '../words.ts'
import { isCourtesy } from './is-courtesy.ts'

test.each([
  'Thanks',
  'Thank you and have a great day!',
  'Merci et bonne journée à vous',
  'Danke und schönen Tag noch',
  'Hello, good morning',
  'Gracias y un saludo',
])('%s', (text) => {
  expect(isCourtesy(wordsOf(text))).toBe(true)
})

test.each(['', 'and', 'Thanks and please wait', 'Thanks, but', 'Merci de commander', 'Best', 'Thanks and'])(
  'not %j',
  (text) => {
    expect(isCourtesy(wordsOf(text))).toBe(false)
  },
)
