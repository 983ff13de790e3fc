import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UnreadableMessage } from '../../src/mail/parse-message.ts'
import { readReply } from '../../src/replies/read-reply.ts'
import type { ReplyReading } from '../../src/replies/reading.ts'
import {
  contextOf,
  parseFixture,
  type ReplyFixture,
  rawOf,
  replyFixtures,
} from '../support/reply-fixtures.ts'

interface Intact {
  fixture: ReplyFixture
  raw: Buffer
  /** Where its body begins. */
  bodyAt: number
  decided: Record<string, string>
}

const intact: Intact[] = (
  await Promise.all(
    replyFixtures.map(async (fixture) => {
      const raw = rawOf(fixture)
      const end = /\r?\n\r?\n/.exec(raw.toString('latin1'))
      const bodyAt = end === null ? raw.length : end.index + end[0].length
      const reading = readReply(await parseFixture(fixture), contextOf(fixture))
      return standsByItsStructure(reading) ? [] : [{ fixture, raw, bodyAt, decided: decidedBy(reading) }]
    }),
  )
).flat()

/** What is made of other octets in its place; null when they are no message. Nothing else is thrown. */
async function readingOf({ fixture }: Intact, raw: Buffer): Promise<ReplyReading | null> {
  try {
    return readReply(await parseFixture(fixture, raw), contextOf(fixture))
  } catch (error) {
    if (!(error instanceof UnreadableMessage)) throw error
    return null
  }
}

function decidedBy(reading: ReplyReading | null): Record<string, string> {
  return reading?.confirm === null ? reading.answers : {}
}

/** Whether a header or the kind of a part keeps it from deciding, so that without it a plain answer is left. */
function standsByItsStructure({ kind, reason, confirm }: ReplyReading): boolean {
  return (
    ['automatic', 'bounce'].includes(kind) ||
    confirm === 'looks-automatic' ||
    ['parts-disagree', 'damaged', 'encrypted', 'attachment-only'].includes(reason ?? '')
  )
}

/**
 * Expects what the intact reply decides, or less of it with the rest asked for. Parts that a damaged boundary leaves as one
 * text say their answers twice, with a quote between, and are asked again; of answers within a quote that breaks off the
 * last are missing. A free text may keep a signature whose name was damaged in the header: it decides nothing.
 */
function expectNoOther(reading: ReplyReading | null, { fixture, decided }: Intact, how: string): void {
  const kept = decidedBy(reading)
  const asksAll = Object.keys(kept).length === 0
  const asked = [...(reading?.invalid ?? []), ...(reading?.missing ?? [])]
  const other = Object.keys({ ...decided, ...kept }).filter((id) => {
    if (kept[id] === undefined) return !asksAll && !asked.includes(id)
    const isText = contextOf(fixture).questions.some((one) => one.id === id && one.type === 'text')
    return isText ? !kept[id].startsWith(decided[id] ?? '\0') : kept[id] !== decided[id]
  })
  expect({ other, kept }, `${fixture.file} ${how}`).toEqual({ other: [], kept })
}

function isMultipart({ raw, bodyAt }: Intact): boolean {
  return /^content-type:\s*multipart\//im.test(raw.toString('latin1', 0, bodyAt))
}

test('a message that breaks off makes no other decision', async () => {
  // In one of a single part, what breaks off in the middle of it cannot be told from a shorter message.
  const targets = intact.filter(isMultipart)
  await fc.assert(
    fc.asyncProperty(fc.nat(targets.length - 1), fc.nat(), async (index, at) => {
      const one = targets[index] as Intact
      const cut = one.raw.subarray(0, at % one.raw.length)
      expectNoOther(await readingOf(one, cut), one, `cut at ${cut.length}`)
    }),
    { numRuns: 2_000 },
  )
})

/** Where the lines lie that say how a message is built: those of its header, delimiters, and headers of parts. */
function structureOf({ raw, bodyAt }: Intact): number[] {
  const octets: number[] = Array.from({ length: bodyAt }, (_, at) => at)
  for (const line of raw
    .toString('latin1')
    .matchAll(/^(--\S|content-|[ \t]+(boundary|charset|type|name|filename)=).*$/gim)) {
    for (let at = line.index; at < line.index + line[0].length; at += 1) octets.push(at)
  }
  return octets
}

test('an octet of its structure that was changed makes no other decision', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(intact.length - 1), fc.nat(), fc.nat(255), async (index, at, octet) => {
      const one = intact[index] as Intact
      const places = structureOf(one)
      const damaged = Buffer.from(one.raw)
      const place = places[at % places.length] ?? 0
      damaged[place] = octet
      expectNoOther(await readingOf(one, damaged), one, `with ${octet} at ${place}`)
    }),
    { numRuns: 2_000 },
  )
})

/** Parts that say nothing, whatever is written in them. */
const silent = [
  'Content-Type: application/pdf; name=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0x\r\n',
  'Content-Type: image/png\r\nContent-ID: <logo>\r\n\r\nYes\r\n',
  'Content-Type: message/rfc822\r\n\r\nFrom: a@fabrikam.example\r\n\r\nNo\r\n',
  'Content-Type: text/plain\r\nContent-Disposition: attachment; filename=notes.txt\r\n\r\nNo\r\n',
  'Content-Type: text/plain\r\n\r\n\r\n',
  'Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n',
]

interface Wrapping {
  type: string
  above: string[]
  below: string[]
}

const wrapping: fc.Arbitrary<Wrapping> = fc.record({
  type: fc.constantFrom('mixed', 'related', 'signed', 'x-unknown', 'alternative'),
  above: fc.array(fc.constantFrom(...silent), { maxLength: 2 }),
  below: fc.array(fc.constantFrom(...silent), { maxLength: 3 }),
})

/** A part within a multipart, others around it. */
function wrapped(part: string, { type, above, below }: Wrapping, boundary: string): string {
  const parts = [...(type === 'mixed' ? above : []), part, ...below]
  const body = parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')
  return `Content-Type: multipart/${type}; boundary=${boundary}\r\n\r\n${body}--${boundary}--\r\n`
}

test('a reply says the same within any parts that say nothing', async () => {
  const content = /^(content-type|content-transfer-encoding|content-disposition):.*\r?\n([ \t].*\r?\n)*/gim
  const targets = intact.filter(({ fixture }) => fixture.list !== 'damaged')
  await fc.assert(
    fc.asyncProperty(
      fc.nat(targets.length - 1),
      fc.array(wrapping, { minLength: 1, maxLength: 5 }),
      async (index, wrappings) => {
        const one = targets[index] as Intact
        const head = one.raw.toString('latin1', 0, one.bodyAt).trimEnd()
        const own = `${head}\r\n`.match(content)?.join('') ?? ''
        const part = `${own}\r\n${one.raw.toString('latin1', one.bodyAt)}`
        const body = wrappings.reduce((part, one, at) => wrapped(part, one, `wrapping-${at}`), part)
        const raw = Buffer.from(`${`${head}\r\n`.replace(content, '')}${body}`, 'latin1')
        expect(decidedBy(await readingOf(one, raw)), `${one.fixture.file}\n${body}`).toEqual(one.decided)
      },
    ),
    { numRuns: 2_000 },
  )
})
