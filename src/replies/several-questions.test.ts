import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAnswers } from './answers/read-answers.ts'
import type { ReadContext } from './reading.ts'
import { splitLines } from './text-lines.ts'

const context: ReadContext = {
  questions: [
    {
      id: 'Q1',
      names: ['Decision'],
      choices: [
        { result: 'YES', keywords: ['Yes'] },
        { result: 'NO', keywords: ['No'] },
      ],
    },
    { id: 'Q2', names: ['Amount', 'Amount granted for the purchase'], type: 'money', currency: 'EUR' },
    { id: 'Q3', names: ['Delivery date', 'Date de livraison'], type: 'date' },
    { id: 'Q4', names: ['Remarks', 'Remarques'], type: 'text' },
  ],
  locale: 'en',
  brackets: '[]',
  sentText: null,
  learnedFooters: [],
}

const read = (text: string, given = context) => {
  const { details, invalid, missing } = readAnswers(splitLines(text), [], given)
  const answers = Object.fromEntries(Object.entries(details).map(([id, { value }]) => [id, value]))
  return { answers, invalid, missing }
}

test.each([
  ['Q2 Amount granted for: [1250]', { Q2: '1250.00' }],
  ['Q1: [ ] YES', { Q1: 'YES' }],
  ['Q2: [] 1250', { Q2: '1250.00' }],
  ['Q2-1250', {}],
  ['Q2 -1250', {}],
  ['Q2: -1250', { Q2: '-1250.00' }],
  ['Q2 Amount - : [1250]', { Q2: '1250.00' }],
  ['1.250', {}],
  ['Q4 results are in', {}],
  ['Q1: yes\n\nReasons:\n1. cheap\n2. fast', { Q1: 'YES' }],
  ['Q4. Remarks', {}],
  ['Q1: yes\nQ4: [one\ntwo', { Q1: 'YES', Q4: 'one\ntwo' }],
  ['Q3: [?]', {}],
  ['Remarks: Dock B\nring twice\n\nThanks', { Q4: 'Dock B\nring twice' }],
])('%j', (text, answers) => {
  expect(read(text).answers).toEqual(answers)
})

const decided: ReadContext = { ...context, deciding: 'Q1' }

test.each([
  ['Yes', { Q1: 'YES' }],
  ['Yes, thank you!\n\nThe old ones are six years old.', { Q1: 'YES' }],
  ['No\nThere is no budget left.', { Q1: 'NO' }],
  ['Yes\nQ2: 1250\nQ3: 15 July 2026', { Q1: 'YES', Q2: '1250.00', Q3: '2026-07-15' }],
  ['Yes\nQ1: No', {}],
  // Nothing of these decides: a condition, a retraction, a word of no answer, values without labels.
  ['Yes, if it is under 500', {}],
  ['Yes\nActually, no.', {}],
  ['Wait for me', {}],
  ['1250.00', {}],
  ['I would say yes, but wait\nQ2: 1250', {}],
  ['Yes, but ask Paul first\nQ2: 1250', {}],
])('the question that decides is answered without its label: %j', (text, answers) => {
  expect(read(text, decided).answers).toEqual(answers)
})

test('an answer that could be meant for another question, too, is nobody’s', () => {
  const [first, ...others] = context.questions
  const also = { id: 'Q5', choices: [{ result: 'INSURED', keywords: ['Yes'] }] }
  const questions = [...(first ? [first] : []), ...others, also]
  expect(read('Yes', { ...decided, questions })).toMatchObject({ answers: {} })
  expect(read('No', { ...decided, questions })).toMatchObject({ answers: { Q1: 'NO' } })
})

const lines = fc.record({
  Q1: fc.constantFrom('Q1: [YES]', 'Q1 = yes', 'Decision: Yes', '- Q1: yes', 'Q1 yes'),
  Q2: fc.constantFrom('Q2: [1,250.00]', 'Amount: 1.250,00 €', 'Q2 (EUR): 1250', 'Q2: €1,250'),
  Q3: fc.constantFrom('Q3: [2026-07-15]', 'Delivery date: 15 July 2026', 'Q3 15/07/2026'),
  Q4: fc.constantFrom('Q4: [Dock B]', 'Remarks: Dock B', 'Q4 Remarks: [Dock B]'),
})

test('in any order the same answers', () => {
  const written = lines.chain((given) =>
    fc.shuffledSubarray(Object.values(given), { minLength: 4, maxLength: 4 }),
  )
  fc.assert(
    fc.property(written, fc.constantFrom('\n', '\n\n'), (written, between) => {
      const answers = { Q1: 'YES', Q2: '1250.00', Q3: '2026-07-15', Q4: 'Dock B' }
      expect(read(written.join(between))).toEqual({ answers, invalid: [], missing: [] })
    }),
  )
})

test('no line of our mails answers anything', () => {
  const names = ['questions-en.txt', 'questions-fr.txt']
  const folder = new URL('../../test/fixtures/replies/sent/', import.meta.url)
  const ours = names.flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split('\n'))
  fc.assert(
    fc.property(fc.shuffledSubarray(ours), (chosen) => {
      // As they stand in our mails; below a label that stands alone, the next line would be its answer.
      expect(read(chosen.join('\n\n'), decided).answers).toEqual({})
    }),
  )
})
