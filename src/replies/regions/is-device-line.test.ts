import { expect, test } from 'vitest'
import { answerWords } from '../answers/answer-words.ts'
import { splitLines } from '../text-lines.ts'
import { isDeviceLine } from './is-device-line.ts'

const question = {
  id: 'Q1',
  choices: [
    { result: 'YES', keywords: ['Yes'] },
    { result: 'NO', keywords: ['No'] },
  ],
}
const isDevice = (text: string) =>
  splitLines(text).some((line) => isDeviceLine(line, [answerWords(question, 'en')]))

test.each([
  'Sent from my iPhone',
  'Sent from my cell, please excuse any typos.',
  'Get Outlook for iOS',
  'Envoyé de mon iPad',
  'Von meinem Mobiltelefon gesendet',
  'Enviado do Yahoo Mail no Android',
  'iPhoneから送信',
])('%s', (line) => {
  expect(isDevice(line)).toBe(true)
})

test.each([
  'Sent via Paul',
  'Sent from my phone, only the laptops please',
  'Sent from my iPhone: rejected',
  'Sent from my iPhone. Is that all right?',
  'Von meinem Chef abgelehnt',
  'Envoyé de mon iPhone, mais pas les écrans',
  'The iPhone was sent from my office',
])('not %s', (line) => {
  expect(isDevice(line)).toBe(false)
})
