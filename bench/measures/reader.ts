import { partialDeepStrictEqual } from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import EmailReplyParser from 'email-reply-parser'
import planer from 'planer'
import type { ParsedMessage } from '../../src/mail/message.ts'
import { bodyTexts } from '../../src/replies/bodies/body-texts.ts'
import { readReply } from '../../src/replies/read-reply.ts'
import type { ReadContext, ReplyReading } from '../../src/replies/reading.ts'
import {
  contextOf,
  type ExpectedReading,
  parseFixture,
  replyFixtures,
} from '../../test/support/reply-fixtures.ts'
import {
  asMessage,
  type HeldOutSet,
  heldOutReplies,
  shortReplies,
  shortReplyFiles,
} from '../../test/support/short-replies.ts'
import type { Measure } from '../bench.ts'

interface Fixture {
  message: ParsedMessage
  context: ReadContext
  expected: ExpectedReading
}

/** What cuts the quote and the signature off a plain text. */
type Cut = (text: string) => string

const parser = new EmailReplyParser()
const peers: Record<string, Cut> = {
  'email-reply-parser': (text) => parser.parseReply(text),
  planer: (text) => planer.extractFromPlain(text),
}

/** A text without HTML of so many characters at most, quote and all, is a plain one. */
const plainLength = 2_000

/**
 * How many replies of the fixtures our reader reads as their authors meant, and how fast; and the same for packages that
 * only cut. What a package leaves of the text is then read by ours, as if nothing else had been in the message: the
 * answers that would be taken if the package did the cutting.
 */
export const measureReader: Measure = async ({ size }) => {
  const fixtures = await Promise.all(
    replyFixtures.map(
      async (fixture): Promise<Fixture> => ({
        message: await parseFixture(fixture),
        context: contextOf(fixture),
        expected: fixture.expect,
      }),
    ),
  )
  const plain = fixtures.filter(
    ({ message: { text, html } }) => text !== null && text.length <= plainLength && html === null,
  )
  const short = await Promise.all(shortReplyFiles.flatMap(shortReplies).map(asMessage))
  const rounds = size(10)
  const read = ({ message, context }: Pick<Fixture, 'message' | 'context'>) => readReply(message, context)
  const shortPerSecond = perSecond(short, rounds, read)
  const ours = fixtures.map(read)
  return {
    reader: {
      perSecond: perSecond(fixtures, rounds, read),
      plainPerSecond: perSecond(plain, 2 * rounds, read),
      plainTotal: plain.length,
      shortPerSecond,
      shortTotal: short.length,
      ...(await countHeldOut('held-out', 'heldOut')),
      ...(await countHeldOut('held-out-2', 'heldOut2')),
      ...(await countHeldOut('held-out-3', 'heldOut3')),
      ...(await countHeldOut('ordinary', 'ordinary')),
      exact: fixtures.filter(({ expected }, index) => isExact(ours[index] as ReplyReading, expected)).length,
      ...countOf(fixtures, ours),
    },
    readerPeers: Object.fromEntries(Object.entries(peers).map(([name, cut]) => [name, measurePeer(cut)])),
  }

  function measurePeer(cut: Cut) {
    const readings = fixtures.map(({ message, context }) =>
      readReply({ ...message, text: cut(plainText(message)), html: null }, { ...context, sentText: null }),
    )
    const textsOf = (some: Pick<Fixture, 'message'>[]) => some.map(({ message }) => plainText(message))
    return {
      perSecond: perSecond(textsOf(fixtures), rounds, cut),
      plainPerSecond: perSecond(textsOf(plain), 2 * rounds, cut),
      shortPerSecond: perSecond(textsOf(short), rounds, cut),
      ...countOf(fixtures, readings),
    }
  }
}

/** Of replies that the reader was not made with: clear ones that are read, and others that are decided. */
async function countHeldOut(set: HeldOutSet, name: string) {
  const replies = heldOutReplies(set)
  const said = await Promise.all(
    replies.map(async (reply) => {
      const { message, context } = await asMessage(reply)
      const { answers, confirm } = readReply(message, context)
      return confirm === null ? answers.Q1 : undefined
    }),
  )
  const clear = replies.filter(({ meant }) => meant !== '?').length
  const read = replies.filter(({ meant }, index) => meant !== '?' && said[index] === meant).length
  const wrong = replies.filter(
    ({ meant }, index) => said[index] !== undefined && said[index] !== meant,
  ).length
  return {
    [`${name}Read`]: read,
    [`${name}Clear`]: clear,
    [`${name}Wrong`]: wrong,
    [`${name}Unclear`]: replies.length - clear,
  }
}

/** The text part, or else the text of the HTML as our reader sees it: these packages take nothing else. */
function plainText(message: ParsedMessage): string {
  return message.text ?? bodyTexts(message)[0]?.text ?? ''
}

function countOf(fixtures: Fixture[], readings: ReplyReading[]) {
  const pairs = fixtures.map(({ expected }, index) => ({
    expected,
    reading: readings[index] as ReplyReading,
  }))
  return {
    answersRight: pairs.filter(({ reading, expected }) => saysTheSame(reading, expected)).length,
    wrongDecisions: pairs.filter(({ reading, expected }) => decidesWrongly(reading, expected)).length,
    total: fixtures.length,
  }
}

/**
 * A second of this thread's CPU, in the fastest of the rounds: what else the machine has to do takes its caches and its
 * cycles and only ever makes one slower. As many rounds go before that are not counted, for V8 compiles in them what a
 * server has compiled once.
 */
function perSecond<Item>(items: Item[], rounds: number, work: (item: Item) => unknown): number {
  const takeRound = (): number => {
    const start = process.threadCpuUsage()
    for (const item of items) work(item)
    const { user, system } = process.threadCpuUsage(start)
    return user + system
  }
  for (let round = 0; round < rounds; round += 1) takeRound()
  return (items.length * 1_000_000) / Math.min(...Array.from({ length: rounds }, takeRound))
}

/** All that the fixture says. */
function isExact(reading: ReplyReading, { matchedBy, ...expected }: ExpectedReading): boolean {
  if (matchedBy !== undefined && reading.details.Q1?.matchedBy !== matchedBy) return false
  if (!isDeepStrictEqual(reading.answers, expected.answers ?? {})) return false
  try {
    partialDeepStrictEqual(reading, expected)
    return true
  } catch {
    return false
  }
}

/** The same answers and the same comment; what else a message is, is told by more than its text. */
function saysTheSame(reading: ReplyReading, { answers = {}, comment }: ExpectedReading): boolean {
  if (!isDeepStrictEqual(reading.answers, answers)) return false
  return comment === undefined || reading.comment === comment
}

/** An answer that is taken as it is (`confirm` asks back first) and is not the one that was meant. */
function decidesWrongly(reading: ReplyReading, expected: ExpectedReading): boolean {
  if (reading.kind !== 'answers' || reading.confirm !== null) return false
  return (expected.confirm ?? null) !== null || !isDeepStrictEqual(reading.answers, expected.answers ?? {})
}
