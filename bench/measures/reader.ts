import { partialDeepStrictEqual } from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { ParsedMessage } from '../../src/mail/message.ts'
import { parseMessage } from '../../src/mail/parse-message.ts'
import { readReply } from '../../src/replies/read-reply.ts'
import type { ReadContext, ReplyReading } from '../../src/replies/reading.ts'

export interface ReaderFigures {
  /** Readings of parsed messages a second, on one core. */
  perSecond: number
  /** Readings that are what the fixture says, of all. */
  exact: number
  total: number
  /** Readings that would decide something else than the person said. */
  wrongDecisions: number
}

/** A line of `cases.jsonl`. */
interface Case {
  file: string
  questions: Record<string, Record<string, string[]>>
  locale: string
  sent?: string
  expect: Partial<ReplyReading> & { matchedBy?: string }
}

const folder = 'test/fixtures/replies'

/** Reads every reply of the fixtures, `rounds` times, and compares with what their authors meant. */
export async function measureReader(rounds: number): Promise<ReaderFigures> {
  const lines = (await readFile(`${folder}/cases.jsonl`, 'utf8')).trim().split('\n')
  const replies = await Promise.all(lines.map((line) => prepare(JSON.parse(line))))
  if (replies.length === 0) throw new Error('no replies to read')
  const readings = replies.map(({ message, context, expected }) => ({
    reading: readReply(message, context),
    expected,
  }))
  const start = performance.now()
  for (let round = 0; round < rounds; round += 1) {
    for (const { message, context } of replies) readReply(message, context)
  }
  const seconds = (performance.now() - start) / 1_000
  return {
    perSecond: (rounds * replies.length) / seconds,
    exact: readings.filter(({ reading, expected }) => isExact(reading, expected)).length,
    total: replies.length,
    wrongDecisions: readings.filter(({ reading, expected }) => decidesWrongly(reading, expected)).length,
  }
}

async function prepare({ file, questions, locale, sent, expect }: Case): Promise<{
  message: ParsedMessage
  context: ReadContext
  expected: Case['expect']
}> {
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

function isExact(reading: ReplyReading, { matchedBy, ...expected }: Case['expect']): boolean {
  if (matchedBy !== undefined && reading.details.Q1?.matchedBy !== matchedBy) return false
  if (!isDeepStrictEqual(reading.answers, expected.answers ?? {})) return false
  try {
    partialDeepStrictEqual(reading, expected)
    return true
  } catch {
    return false
  }
}

/** An answer that is taken as it is (`confirm` asks back first) and is not the one that was meant. */
function decidesWrongly(reading: ReplyReading, expected: Case['expect']): boolean {
  if (reading.kind !== 'answers' || reading.confirm !== null) return false
  const decides = expected.kind === 'answers' && (expected.confirm ?? null) === null
  return !decides || !isDeepStrictEqual(reading.answers, expected.answers)
}
