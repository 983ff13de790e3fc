import { readdirSync, readFileSync } from 'node:fs'
import type { ParsedMessage } from '../../src/mail/message.ts'
import { parseMessage } from '../../src/mail/parse-message.ts'
import type { Question, ReadContext, ReplyReading } from '../../src/replies/reading.ts'

/** A reply and what its author meant, as a line of a list in `test/fixtures/replies` says it. */
export interface ReplyFixture {
  /** The message's file; its name is that of the case. */
  file: string
  /** The list that it stands in, without `.jsonl`. */
  list: string
  /** The real message or report whose structure it follows. */
  source?: string
  /** Keywords by question and result, or the questions as the reader takes them. */
  questions: Record<string, Record<string, string[]>> | Question[]
  locale: string
  brackets?: string
  /** What our last mail asked for, and whether for a comment. */
  open?: string[]
  awaitsComment?: boolean
  /** The question that decides, which may be answered without its label. */
  deciding?: string
  /** The file in `sent/` that holds the text we sent. */
  sent?: string
  learnedFooters?: string[]
  /** What Exchange says the message is, where the adapter would read it. */
  itemClass?: string
  /** What must hold of the reading. */
  expect: ExpectedReading
}

export type ExpectedReading = Partial<ReplyReading> & { matchedBy?: string }

const folder = new URL('../fixtures/replies/', import.meta.url)

/** All of them, in the order of their lists. */
export const replyFixtures: ReplyFixture[] = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .sort()
  .flatMap((name) =>
    readFileSync(new URL(name, folder), 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({ ...JSON.parse(line), list: name.replace('.jsonl', '') })),
  )

/** The octets of a fixture. */
export function rawOf({ file }: ReplyFixture): Buffer {
  return readFileSync(new URL(file, folder))
}

/** The message as any adapter hands it on; `raw` in place of the fixture's own octets. */
export function parseFixture(
  fixture: ReplyFixture,
  raw: Uint8Array = rawOf(fixture),
): Promise<ParsedMessage> {
  return parseMessage({
    providerId: fixture.file,
    folder: 'inbox',
    receivedAt: new Date('2026-11-24T09:31:09Z'),
    raw,
    originalOctets: true,
    transportHeaders: null,
    itemClass: fixture.itemClass ?? null,
  })
}

/** What the reader knows beside the message. */
export function contextOf(fixture: ReplyFixture): ReadContext {
  const { questions, open, awaitsComment, deciding, locale, brackets = '[]' } = fixture
  const { sent, learnedFooters = [] } = fixture
  return {
    questions: Array.isArray(questions)
      ? questions
      : Object.entries(questions).map(([id, choices]) => ({
          id,
          choices: Object.entries(choices).map(([result, keywords]) => ({ result, keywords })),
        })),
    ...{ open, awaitsComment, deciding, locale, brackets },
    sentText: sent === undefined ? null : readFileSync(new URL(`sent/${sent}`, folder), 'utf8'),
    learnedFooters,
  }
}
