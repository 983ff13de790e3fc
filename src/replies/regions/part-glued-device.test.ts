import { expect, test } from 'vitest'
import { answerWords } from '../answers/answer-words.ts'
import { splitLines } from '../text-lines.ts'
import { partGluedDevice } from './part-glued-device.ts'

const choices = [
  { result: 'YES', keywords: ['Yes'] },
  { result: 'NO', keywords: ['No'] },
]

test.each([
  [
    'YesSent from my Verizon, Samsung Galaxy smartphone',
    ['Yes', 'Sent from my Verizon, Samsung Galaxy smartphone'],
  ],
  ['Order them.Sent from my iPhone', ['Order them.', 'Sent from my iPhone']],
  ['Oui Envoyé de mon iPhone', ['Oui ', 'Envoyé de mon iPhone']],
  ['Sent from my iPhone', ['Sent from my iPhone']],
  ['Yes\nSent from my iPhone', ['Yes', 'Sent from my iPhone']],
  ['YesSent from my iPhone, only the laptops', ['YesSent from my iPhone, only the laptops']],
  ['Order what was sent from my office', ['Order what was sent from my office']],
])('%j has the lines %j', (text, parts) => {
  const lines = splitLines(text)
  partGluedDevice(lines, [answerWords({ id: 'Q1', choices }, 'en')])
  expect(lines.map((line) => line.text)).toEqual(parts)
  expect(lines.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text)
})
