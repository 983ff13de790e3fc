import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseMessage } from '../mail/parse-message.ts'
import { readReply } from './read-reply.ts'
import type { ReplyReading } from './reading.ts'

interface Case {
  file: string
  /** Keywords by question and result. */
  questions: Record<string, Record<string, string[]>>
  locale: string
  /** The file in `sent/` that holds the text we sent. */
  sent?: string
  expect: Partial<ReplyReading> & { matchedBy?: string }
}

const folder = new URL('../../test/fixtures/replies/', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, folder))

const cases = ['cases.jsonl', 'clients.jsonl', 'phenomena.jsonl', 'french.jsonl'].flatMap((list) =>
  read(list)
    .toString()
    .trim()
    .split('\n')
    .map((line): Case => JSON.parse(line)),
)

test.each(cases)('$file', async ({ file, questions, locale, sent, expect: { matchedBy, ...expected } }) => {
  const message = await parseMessage({
    providerId: file,
    folder: 'inbox',
    receivedAt: new Date('2026-11-24T09:31:09Z'),
    raw: read(file),
    originalOctets: true,
    transportHeaders: null,
    itemClass: null,
  })
  const reading = readReply(message, {
    questions: Object.entries(questions).map(([id, choices]) => ({
      id,
      choices: Object.entries(choices).map(([result, keywords]) => ({ result, keywords })),
    })),
    locale,
    brackets: '[]',
    sentText: sent === undefined ? null : read(`sent/${sent}`).toString(),
    learnedFooters: [],
  })
  expect(reading).toMatchObject(expected)
  // `toMatchObject` takes an object that holds more for a match: no answer may hide there.
  expect(reading.answers).toEqual(expected.answers ?? {})
  if (matchedBy !== undefined) expect(reading.details.Q1?.matchedBy).toBe(matchedBy)
  expect(reading.trace.map(({ from, to }) => reading.text.slice(from, to)).join('')).toBe(reading.text)
})
