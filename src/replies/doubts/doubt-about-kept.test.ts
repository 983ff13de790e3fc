import { expect, test } from 'vitest'
import type { ReadContext } from '../reading.ts'
import { doubtAboutKept } from './doubt-about-kept.ts'

const asked: Pick<ReadContext, 'questions' | 'locale'> = {
  questions: [
    {
      id: 'Q1',
      choices: [
        { result: 'YES', keywords: ['Yes'] },
        { result: 'NO', keywords: ['No'] },
      ],
    },
    { id: 'Q2', type: 'money', currency: 'EUR' },
    { id: 'Q3', type: 'text' },
  ],
  locale: 'en',
}

test.each([
  ['', {}, null],
  ['delivery by the loading dock', { Q2: '1250.00' }, null],
  ['', { Q3: 'no later than noon' }, null],
  ['My answer below:', { Q2: '1250.00' }, null],
  ['Stop the order', { Q2: '1250.00' }, 'contradictory'],
  ['I changed my mind', {}, 'contradictory'],
  ['but only if it is under 500', { Q2: '1250.00' }, 'conditional'],
  ['', { Q3: 'I reject this' }, 'contradictory'],
])('a kept yes beside %j and %j: %s', (comment, answers, doubt) => {
  expect(doubtAboutKept({ id: 'Q1', result: 'YES' }, { comment, answers, details: {} }, asked)).toBe(doubt)
})

test.each([
  ['YES', 'Ring the bell at gate 4', null],
  ['YES', "I can't approve this", 'negated'],
  ['YES', 'Not this year', 'negated'],
  ['YES', 'Too expensive', 'conditional'],
  ['YES', 'Ask Paul first', 'conditional'],
  ['NO', 'Too expensive', null],
  ['NO', 'Approved after all', 'contradictory'],
])('a kept %s before %j, which is all of the reply: %s', (result, value, doubt) => {
  const details = { Q3: { value, comment: '', matchedBy: 'value', unlabelled: true } } as const
  const reply = { comment: '', answers: { Q3: value }, details }
  expect(doubtAboutKept({ id: 'Q1', result }, reply, asked)).toBe(doubt)
})
