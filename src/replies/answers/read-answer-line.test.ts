import { expect, test } from 'vitest'
import type { UnclearReason } from '../reading.ts'
import { answerWords } from './answer-words.ts'
import { readAnswerLine } from './read-answer-line.ts'

const choices = [
  { result: 'YES', keywords: ['Yes'] },
  { result: 'NO', keywords: ['No'] },
  { result: 'MODIFY', keywords: ['Modify the request'] },
]

function read(line: string, locale = 'en') {
  return readAnswerLine(line, answerWords({ id: 'Q1', choices }, locale))
}

test.each<[line: string, result: string, comment: string | null]>([
  ['Yes', 'YES', null],
  ['  YES !!! ', 'YES', null],
  ['*Yes*', 'YES', null],
  ['"Yes"', 'YES', null],
  ['y\u200be\u00ads', 'YES', null],
  ['Ｎｏ', 'NO', null],
  ['Yes please', 'YES', null],
  ['No, thank you', 'NO', null],
  ['Yes, thanks Nadia', 'YES', null],
  ['Hi Nadia, yes', 'YES', null],
  ['Bonjour Madame Roy, oui', 'YES', null],
  ['Bonjour oui', 'YES', null],
  ['Thanks, approved', 'YES', null],
  ['Oui, oui, approuvé', 'YES', null],
  ['Yes 👍', 'YES', null],
  ['👍🏿', 'YES', null],
  ['👎', 'NO', null],
  ['✅\ufe0f', 'YES', null],
  ['❌', 'NO', null],
  ['Non, refusé', 'NO', null],
  ['non non', 'NO', null],
  ['No I refuse', 'NO', null],
  ['No, it is too expensive.', 'NO', 'it is too expensive.'],
  ['No, zu teuer', 'NO', 'zu teuer'],
  ['No 👎', 'NO', null],
  ['I approve this request', 'YES', null],
  ['J’approuve cette demande.', 'YES', null],
  ['D’accord', 'YES', null],
  ['refusée', 'NO', null],
  ['modify  the&nbsp;REQUEST.', 'MODIFY', null],
  ['Yes, delivery before the 15th please', 'YES', 'delivery before the 15th please'],
  ['No: too expensive', 'NO', 'too expensive'],
  ['No - too expensive', 'NO', 'too expensive'],
  ['Approved. Thanks for the quick offer', 'YES', 'Thanks for the quick offer'],
  ['No, sorry', 'NO', null],
  ['Sim, abraço', 'YES', null],
  ['Approved (as discussed)', 'YES', '(as discussed)'],
  ['OK, approved. Order it', 'YES', 'Order it'],
  ['Gelesen, genehmigt', 'YES', null],
  ['No, 12 sind zu viele', 'NO', '12 sind zu viele'],
  ['Nee, dit loopt via inkoop', 'NO', 'dit loopt via inkoop'],
])('%j is an answer', (line, result, comment) => {
  const reading = read(line)
  expect(reading).toMatchObject({ kind: 'answer', answer: { result }, confirm: null })
  if (reading.kind !== 'answer') return
  expect(reading.commentFrom === null ? null : line.slice(reading.commentFrom)).toBe(comment)
})

test.each<[line: string, reason: UnclearReason]>([
  ['not approved', 'negated'],
  ['No, 12 laptops', 'conditional'],
  ['Gelesen, ja', 'not-an-answer'],
  ["don't approve", 'negated'],
  ['approved not', 'negated'],
  ['Non refusé', 'negated'],
  ['No reject', 'negated'],
  ['refused no', 'negated'],
  ["pas d'accord", 'negated'],
  ['je n’approuve pas', 'negated'],
  ['Hi not really, yes', 'negated'],
  ['non approuvé', 'negated'],
  ['yes yes no', 'contradictory'],
  ['Yes/No', 'contradictory'],
  ['yes or no', 'contradictory'],
  ['👍 👎', 'contradictory'],
  ['Yes, modify the request', 'contradictory'],
  ['No, looks good', 'contradictory'],
  ['No, go ahead', 'contradictory'],
  ['Yes, bad idea', 'contradictory'],
  ['oui mais', 'conditional'],
  ['yes, but', 'conditional'],
  ['OK if under 500', 'conditional'],
  ['Yes (only if under 500)', 'conditional'],
  ['Oui, sous réserve du devis', 'conditional'],
  ['Yes, I mean no', 'contradictory'],
  ['Yes, oops', 'contradictory'],
  ['OK, noted', 'conditional'],
  ['Da:', 'not-an-answer'],
  ['OK, send me the quote', 'conditional'],
  ['D’accord, je préviens Marc', 'not-an-answer'],
  ['👍 busy today', 'not-an-answer'],
  ['Yes, I think', 'conditional'],
  ['Yes, max 500', 'conditional'],
  ['Yes?', 'question'],
  ['Yes？', 'question'],
  ['Yes, can you send the offer?', 'question'],
  ['I will approve tomorrow', 'future'],
  ['Yes, tomorrow', 'future'],
  ['J’approuve demain', 'future'],
  ['Yes the price is fine', 'not-an-answer'],
  ['Yes-man', 'not-an-answer'],
  ['No objection', 'contradictory'],
  ['No problem', 'not-an-answer'],
  ['Please approve', 'not-an-answer'],
  ['eyes', 'not-an-answer'],
  ['yesterday', 'not-an-answer'],
  ['уes', 'not-an-answer'],
  ['modify', 'not-an-answer'],
])('%j is unclear: %s', (line, reason) => {
  expect(read(line)).toMatchObject({ kind: 'unclear', reason })
})

test.each([
  ['aprove', 'YES'],
  ['approveed', 'YES'],
  ['apporved', 'YES'],
  ['aprouvé, merci', 'YES'],
  ['refuzed', 'NO'],
  ['modify teh request', 'MODIFY'],
])('%j is guessed and must be confirmed', (line, result) => {
  expect(read(line)).toMatchObject({ kind: 'answer', answer: { result }, confirm: 'typo' })
})

test.each(['yws', 'mo', 'on', 'aprove it if you can', 'aprove?'])('%j is not guessed', (line) => {
  expect(read(line)).toMatchObject({ kind: 'unclear' })
})

test('a dictionary word decides only where one choice alone has its meaning', () => {
  const ambiguous = answerWords(
    {
      id: 'Q1',
      choices: [
        { result: 'ACCEPT', keywords: ['Accept'] },
        { result: 'APPROVE', keywords: ['Approve'] },
      ],
    },
    'en',
  )
  expect(readAnswerLine('yes', ambiguous)).toMatchObject({ kind: 'unclear', reason: 'not-an-answer' })
  expect(readAnswerLine('👍', ambiguous)).toMatchObject({ kind: 'unclear', reason: 'not-an-answer' })
  expect(readAnswerLine('ok, accept', ambiguous)).toMatchObject({ answer: { result: 'ACCEPT' } })
  expect(readAnswerLine('accept, approve', ambiguous)).toMatchObject({
    kind: 'unclear',
    reason: 'contradictory',
  })
})

test('a word without a choice still contradicts', () => {
  const onlyYes = answerWords({ id: 'Q1', choices: [{ result: 'YES', keywords: ['Yes'] }] }, 'en')
  expect(readAnswerLine('no', onlyYes)).toMatchObject({ kind: 'unclear', reason: 'not-an-answer' })
  expect(readAnswerLine('yes, no', onlyYes)).toMatchObject({ kind: 'unclear', reason: 'contradictory' })
})

test('the longest keyword counts', () => {
  const answers = answerWords(
    {
      id: 'Q1',
      choices: [
        { result: 'YES', keywords: ['Approved', 'No objection'] },
        { result: 'NO', keywords: ['Not approved', 'No'] },
      ],
    },
    'en',
  )
  expect(readAnswerLine('Not approved', answers)).toMatchObject({ answer: { result: 'NO' } })
  expect(readAnswerLine('No objection', answers)).toMatchObject({ answer: { result: 'YES' } })
  expect(readAnswerLine('No', answers)).toMatchObject({ answer: { result: 'NO' } })
})

test('two keywords that fold alike decide nothing', () => {
  const alike = answerWords(
    {
      id: 'Q1',
      choices: [
        { result: 'A', keywords: ['Réserve'] },
        { result: 'B', keywords: ['reserve!', 'RESERVE'] },
      ],
    },
    'en',
  )
  expect(readAnswerLine('reserve', alike)).toMatchObject({ kind: 'unclear' })
})

test("the approver's own language comes first", () => {
  expect(read('oui', 'fr')).toMatchObject({ answer: { matchedBy: 'language' } })
  expect(read('oui', 'en')).toMatchObject({ answer: { matchedBy: 'other-language' } })
  expect(read('oui', 'sv')).toMatchObject({ answer: { matchedBy: 'other-language' } })
  expect(read('yes', 'fr')).toMatchObject({ answer: { matchedBy: 'keyword' } })
})

test('somebody of our mail may be addressed first', () => {
  const english = answerWords({ id: 'Q1', choices }, 'en')
  const isPerson = ({ text }: { text: string }) => text === 'nadia'
  for (const line of ['Nadia, yes', 'Nadia Roy, yes.']) {
    expect(readAnswerLine(line, english, isPerson)).toMatchObject({ answer: { result: 'YES' } })
    expect(readAnswerLine(line, english)).toMatchObject({ kind: 'unclear' })
  }
  for (const line of ['Nadia: yes', 'Nadia yes', 'Theoretically, yes', 'Monitors, yes']) {
    expect(readAnswerLine(line, english, isPerson)).toMatchObject({ kind: 'unclear' })
  }
})
