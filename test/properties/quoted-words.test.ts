import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ParsedMessage } from '../../src/mail/message.ts'
import { readReply } from '../../src/replies/read-reply.ts'
import type { ReadContext, ReplyReading } from '../../src/replies/reading.ts'
import { contextOf, parseFixture, replyFixtures } from '../support/reply-fixtures.ts'

interface Quoting {
  file: string
  message: ParsedMessage
  context: ReadContext
  /** The text as it was read, cut where its quote begins. */
  above: string
  quote: string[]
}

/** Every fixture of a person in which a quote was found, of whatever client and language. */
const quoting = (
  await Promise.all(
    replyFixtures.map(async (fixture): Promise<Quoting[]> => {
      const [message, context] = [await parseFixture(fixture), contextOf(fixture)]
      const { kind, text, trace } = readReply(message, context)
      const isQuoted = ({ region }: (typeof trace)[number]) => region === 'quote' || region === 'marker'
      const begins = trace.findIndex(isQuoted)
      // One with something below it is answered there, and so may be one that shows by our words alone that it is a quote.
      const isLast =
        begins !== -1 && trace.slice(begins).every((entry) => isQuoted(entry) || entry.region === 'blank')
      const from = trace[begins]?.from ?? 0
      const above = text.slice(0, from)
      return isLast && kind !== 'automatic' && trace[begins]?.rule !== 'sent-text'
        ? [{ file: fixture.file, message, context, above, quote: text.slice(from).split('\n') }]
        : []
    }),
  )
).flat()

/** A form of several may be filled in where it is quoted, and a text that it asks for goes on with what stands below. */
const ofOneQuestion = quoting.filter(({ context }) => context.questions.length === 1)

const words = [
  'Yes',
  'Oui',
  'No',
  'YES !',
  'Approved',
  'Ja',
  'Sí',
  'Tak',
  '👍',
  '是',
  'Q1: [YES]',
  'Oui, allez-y',
  'Yes.',
]

function read({ message, context }: Quoting, text: string): ReplyReading {
  return readReply({ ...message, text, html: null }, context)
}

function decidedBy({ answers, confirm }: ReplyReading): Record<string, string> {
  return confirm === null ? answers : {}
}

/** The marks of the nearest line above that says something: what is put there with them is quoted too. */
function marksAt(quote: string[], at: number): string {
  const line = quote.slice(0, at).findLast((line) => /[^\s>|]/.test(line)) ?? ''
  return /^[\s>|]*/.exec(line)?.[0] ?? ''
}

test('there are quotes of many clients to try', () => {
  expect(ofOneQuestion.length).toBeGreaterThan(400)
})

test('no word inside a quote decides, nor changes what was decided above it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ofOneQuestion),
      fc.constantFrom(...words),
      fc.nat(),
      fc.boolean(),
      (quoted, word, place, isAlone) => {
        // Not in the lines that open the quote: there it would be another opening.
        const opening = Math.min(6, quoted.quote.length)
        const at = opening + (place % Math.max(1, quoted.quote.length - opening))
        const line = `${marksAt(quoted.quote, at)}${word}`
        const quote = quoted.quote.toSpliced(at, 0, line).join('\n')
        const text = `${isAlone ? '' : quoted.above}${quote}`
        const intact = isAlone ? {} : decidedBy(read(quoted, `${quoted.above}${quoted.quote.join('\n')}`))
        expect(intact, `${quoted.file}\n${text}`).toMatchObject(decidedBy(read(quoted, text)))
      },
    ),
    { numRuns: 3_000 },
  )
})

test('a quote that breaks off decides nothing else than the whole', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ofOneQuestion), fc.nat(), (quoted, place) => {
      const quote = quoted.quote.join('\n')
      const cut = quote.slice(0, place % (quote.length + 1))
      const intact = decidedBy(read(quoted, `${quoted.above}${quote}`))
      const text = `${quoted.above}${cut}`
      expect(intact, `${quoted.file}\n${text}`).toMatchObject(decidedBy(read(quoted, text)))
    }),
    { numRuns: 3_000 },
  )
})
