import { expect, test } from 'vitest'
import { readCompleted } from './read-completed.ts'

const context = {
  questions: [
    {
      id: 'Q1',
      choices: [
        { result: 'YES', keywords: ['Oui'] },
        { result: 'NO', keywords: ['Non'] },
      ],
    },
  ],
  locale: 'fr',
  brackets: '[]',
  sentText: null,
  learnedFooters: [],
}

test.each([
  ['trop cher', null],
  ['le prix est de 10 €', null],
  ['en fait je voulais dire oui, approuvé', 'contradictory'],
  ['attendez, je ne sais pas encore', 'future'],
  ['oui', 'contradictory'],
  ['Q1: oui', 'contradictory'],
  ['je préfère déléguer à Nadia Roy', 'contradictory'],
  ['la délégation budgétaire est dépassée', null],
])('a kept no and %j: %s', (comment, doubt) => {
  expect(readCompleted('NO', comment, context)).toBe(doubt)
})

test('a result that the question has no longer does not stand', () => {
  expect(readCompleted('LATER', 'trop cher', context)).toBe('not-an-answer')
})
