import { expect, test } from 'vitest'
import { contextOf, parseFixture, replyFixtures } from '../../test/support/reply-fixtures.ts'
import { parseMessage } from '../mail/parse-message.ts'
import { readReply } from './read-reply.ts'
import type { ReplyReading } from './reading.ts'

/** Reads a mail with this text as an answer to a question of Yes and No, and maybe an HTML part beside it. */
async function read(text: string, html?: string): Promise<ReplyReading> {
  const part = (type: string, body: string) =>
    `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}\r\n`
  const parts = [part('text/plain', text), ...(html === undefined ? [] : [part('text/html', html)])]
  const raw = [
    'From: Nadia Roy <nadia.roy@contoso.example>',
    'Subject: RE: Purchase',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    ...parts.map((one) => `--b\r\n${one}`),
    '--b--',
  ].join('\r\n')
  const message = await parseMessage({
    providerId: '1',
    folder: 'inbox',
    receivedAt: new Date('2026-11-24T09:31:09Z'),
    raw: Buffer.from(raw),
    originalOctets: true,
    transportHeaders: null,
    itemClass: null,
  })
  const choices = [
    { result: 'YES', keywords: ['Yes'] },
    { result: 'NO', keywords: ['No'] },
  ]
  return readReply(message, {
    questions: [{ id: 'Q1', choices }],
    locale: 'en',
    brackets: '[]',
    sentText: null,
    learnedFooters: [],
  })
}

const told = ({ text, matched }: Pick<ReplyReading, 'text' | 'matched'>) =>
  matched.map(({ from, to, as, languages }) => [as, text.slice(from, to), languages.join(' ')])

test.each([
  ['Yes', [['answer', 'Yes', '']]],
  ['Hello,\n\nOui, merci.\nNadia', [['answer', 'Oui', 'fr']]],
  ['👍', [['answer', '👍', '']]],
  ['Aproved', [['typo', 'Aproved', 'en']]],
  ['HELP', [['instruction', 'HELP', '']]],
  ['COMMENT: who is it for?', [['instruction', 'COMMENT', '']]],
  [
    'Yes, if it is under 500',
    [
      ['answer', 'Yes', ''],
      ['condition', 'if', 'en'],
    ],
  ],
  [
    'Thanks!\n\nYes.\nOn second thought: no.',
    [
      ['answer', 'Yes', ''],
      ['other-answer', 'no', ''],
    ],
  ],
  [
    'Yes\n\nIch sehe es mir morgen an.',
    [
      ['answer', 'Yes', ''],
      ['deferral', 'sehe', 'de'],
    ],
  ],
  ['Who is it for?', [['question-mark', '?', '']]],
  ['The laptops came', [['not-understood', 'The laptops came', '']]],
  [
    'Yes the blue one',
    [
      ['answer', 'Yes', ''],
      ['not-understood', 'the blue one', ''],
    ],
  ],
])('%j shows the words that it was read by', async (text, words) => {
  expect(told(await read(text))).toEqual(words)
})

test('bodies that say different things are told apart, each with its own text and words', async () => {
  const reading = await read('Yes', '<p>Yes<span style="display:none">, if the price is right</span></p>')
  expect(reading).toMatchObject({ kind: 'unclear', reason: 'parts-disagree', answers: {} })
  expect(reading.parts.map((part) => [part.part, part.kind, part.reason, ...told(part)])).toEqual([
    ['text', 'answers', null, ['answer', 'Yes', '']],
    ['html', 'answers', null, ['answer', 'Yes', '']],
    ['html-with-hidden', 'unclear', 'conditional', ['answer', 'Yes', ''], ['condition', 'if', 'en']],
  ])
})

test.each(['Yes', 'Maybe'])('bodies that agree are told as one: %s', async (word) => {
  expect((await read(word, `<p>${word}</p>`)).parts).toEqual([])
})

test.each(replyFixtures)(
  '$file: offsets lie in the text, and what was found has its words',
  async (fixture) => {
    const reading = readReply(await parseFixture(fixture), contextOf(fixture))
    for (const { text, matched } of [reading, ...reading.parts]) {
      for (const { from, to } of matched) {
        expect(from).toBeLessThan(to)
        expect(text.slice(from, to).trim()).not.toBe('')
      }
      expect(matched.map(({ from }) => from)).toEqual(
        matched.map(({ from }) => from).toSorted((a, b) => a - b),
      )
    }
    const elsewhere = ['too-large', 'parts-disagree', 'damaged', 'encrypted', 'winmail']
    const needsWords = reading.kind === 'unclear' && !elsewhere.includes(reading.reason ?? '')
    if (needsWords || reading.kind === 'answers') expect(reading.matched).not.toEqual([])
  },
)
