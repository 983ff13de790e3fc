import { expect, test } from 'vitest'
import { answerWords } from '../answers/answer-words.ts'
import { splitLines } from '../text-lines.ts'
import { labelBanner } from './label-banner.ts'

const answers = [
  answerWords(
    {
      id: 'Q1',
      choices: [
        { result: 'YES', keywords: ['Yes', 'Sí'] },
        { result: 'NO', keywords: ['No'] },
      ],
    },
    'en',
  ),
]

/** The text without its banner. */
function withoutBanner(text: string): string {
  const lines = splitLines(text)
  labelBanner(lines, answers)
  expect(lines.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text)
  return lines
    .filter((line) => line.label === null)
    .map((line) => line.text.trim())
    .filter((line) => line !== '')
    .join('\n')
}

test.each([
  ['[EXTERNAL] Yes', 'Yes'],
  ['[EXTERNAL]\nYes', 'Yes'],
  ['*** External email *** No', 'No'],
  ['EXTERNAL\n\nYes', 'Yes'],
  ['CAUTION: This email originated from outside of the organization. Yes', 'Yes'],
  [
    'CAUTION: This email originated from outside of the organization. Do not\nclick links. Yes\nNo hurry',
    'Yes\nNo hurry',
  ],
  ['This email came from outside\nYes', 'Yes'],
  ['No haga clic en los enlaces. Sí', 'Sí'],
  ['Yes', 'Yes'],
  ['No', 'No'],
  ['Yes, though the offer came from outside', 'Yes, though the offer came from outside'],
  ['[urgent] Yes', '[urgent] Yes'],
  ['External advice says no. Do not click links.', 'External advice says no. Do not click links.'],
  ['Caution: do not order more than ten.', 'Caution: do not order more than ten.'],
  ['Yes\n\nThis email came from outside', 'Yes\n\nThis email came from outside'.replace('\n\n', '\n')],
])('%j leaves %j', (text, left) => {
  expect(withoutBanner(text)).toBe(left)
})

test('a warning has an end, however it is repeated', () => {
  expect(withoutBanner(`${'External email. '.repeat(100)}Yes`)).toContain('Yes')
  expect(withoutBanner(`${'External email.\n'.repeat(2_000)}Yes`)).toContain('Yes')
})
