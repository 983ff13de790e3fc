import { expect, test } from 'vitest'
import { contextOf, parseFixture, replyFixtures } from '../../test/support/reply-fixtures.ts'
import { translator } from '../lib/translate.ts'
import { parseMessage } from '../mail/parse-message.ts'
import { readReply } from '../replies/read-reply.ts'
import type { ReplyReading } from '../replies/reading.ts'
import { describeReading } from './describe-reading.ts'

const named = { name: 'reply.eml', from: 'nadia.roy@contoso.example', subject: 'RE: Purchase' }

async function read(raw: string): Promise<ReplyReading> {
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
  const questions = [{ id: 'Q1', choices }]
  return readReply(message, { questions, locale: 'en', brackets: '[]', sentText: null, learnedFooters: [] })
}

const show = (reading: ReplyReading, locale: 'en' | 'fr' = 'en', colours = false) =>
  describeReading({ ...named, reading }, { text: translator(locale), colours }).join('\n')

const conditional =
  'Subject: RE\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nYes, if it is cheap.\r\n\r\n> Do you approve?\r\n'

test('the text stands beside what it is, with the words that it was read by', async () => {
  expect(show(await read(conditional))).toBe(`reply.eml
  nadia.roy@contoso.example — RE: Purchase
  unclear: a condition
  comment: Yes, if it is cheap.

comment (not-an-answer) │ Yes, if it is cheap.
                        │   ↳ “Yes”: the answer
                        │   ↳ “if”: a condition (en)
                        │ 
quote (quote-prefix)    │ > Do you approve?

comment (not-an-answer)   new text that is no answer
quote (quote-prefix)      from the first line marked with “>” down`)
})

test('in French', async () => {
  expect(show(await read(conditional), 'fr')).toContain('↳ «\u00a0if\u00a0»\u00a0: une condition (en)')
})

test('colours are ours alone, and without them nothing but text is written', async () => {
  const reading = await read(
    'Subject: RE\r\n\r\nYes, if cheap.\u001b[31m\r\n\r\nFine\u009b2J \u202eby\u0007 me [#42-7-abcdefghijklmnop]\r\n',
  )
  const plain = show(reading)
  for (const character of ['\u001b', '\u0007', '\u009b', '\u202e']) expect(plain).not.toContain(character)
  expect(plain).toContain('␛[31m')
  expect(plain).not.toContain('abcdefghijklmnop')
  const coloured = show(reading, 'en', true)
  expect(coloured).toContain('\u001b[1m\u001b[4m\u001b[31mif')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal takes for a colour
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain)
})

test.each(replyFixtures)('$file is told in both languages, every rule in words', async (fixture) => {
  const reading = readReply(await parseFixture(fixture), contextOf(fixture))
  const bodies = reading.parts.length > 0 ? reading.parts : [reading]
  for (const locale of ['en', 'fr'] as const) {
    const lines = show(reading, locale)
    expect(lines).not.toMatch(/[\p{Cc}--\n]/v)
    for (const { trace } of bodies) {
      for (const { rule, region } of trace) {
        // A rule without a text of its own is told by its name.
        if (region !== 'blank') expect(lines).not.toMatch(new RegExp(`\\(${rule}\\) +${rule}$`, 'm'))
      }
    }
  }
})
