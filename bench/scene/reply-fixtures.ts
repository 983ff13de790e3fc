import { readFile } from 'node:fs/promises'
import type { ParsedMessage } from '../../src/mail/message.ts'
import { parseMessage } from '../../src/mail/parse-message.ts'
import type { ReadContext, ReplyReading } from '../../src/replies/reading.ts'

/** A reply of the fixtures, and what its author meant. */
export interface ReplyFixture {
  message: ParsedMessage
  context: ReadContext
  expected: Expected
}

export type Expected = Partial<ReplyReading> & { matchedBy?: string }

/** A line of a list of cases. */
interface Case {
  file: string
  questions: Record<string, Record<string, string[]>>
  locale: string
  sent?: string
  expect: Expected
}

const folder = 'test/fixtures/replies'

/** The replies that the reader is tested with, parsed. */
export async function loadReplyFixtures(): Promise<ReplyFixture[]> {
  const lists = await Promise.all(
    ['cases.jsonl', 'clients.jsonl', 'phenomena.jsonl', 'french.jsonl'].map((list) =>
      readFile(`${folder}/${list}`, 'utf8'),
    ),
  )
  return Promise.all(lists.flatMap((list) => list.trim().split('\n')).map((line) => load(JSON.parse(line))))
}

async function load({ file, questions, locale, sent, expect }: Case): Promise<ReplyFixture> {
  const message = await parseMessage({
    providerId: file,
    folder: 'inbox',
    receivedAt: new Date('2026-11-24T09:31:09Z'),
    raw: await readFile(`${folder}/${file}`),
    originalOctets: true,
    transportHeaders: null,
    itemClass: null,
  })
  const context = {
    questions: Object.entries(questions).map(([id, choices]) => ({
      id,
      choices: Object.entries(choices).map(([result, keywords]) => ({ result, keywords })),
    })),
    locale,
    brackets: '[]' as const,
    sentText: sent === undefined ? null : await readFile(`${folder}/sent/${sent}`, 'utf8'),
    learnedFooters: [],
  }
  return { message, context, expected: expect }
}
