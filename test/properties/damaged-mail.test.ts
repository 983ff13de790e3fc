import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseMessage, UnreadableMessage } from '../../src/mail/parse-message.ts'
import { readReply } from '../../src/replies/read-reply.ts'
import type { ReadContext, ReplyReading } from '../../src/replies/reading.ts'

interface Case {
  file: string
  /** Keywords by question and result. */
  questions: Record<string, Record<string, string[]>>
  locale: string
  sent?: string
}

const folder = new URL('../fixtures/replies/', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, folder))

const mails = read('cases.jsonl')
  .toString()
  .trim()
  .split('\n')
  .map((line): Case => JSON.parse(line))
  .map(({ file, questions, locale, sent }) => ({
    file,
    lines: read(file).toString('latin1').split('\n'),
    context: {
      questions: Object.entries(questions).map(([id, choices]) => ({
        id,
        choices: Object.entries(choices).map(([result, keywords]) => ({ result, keywords })),
      })),
      locale,
      brackets: '[]',
      sentText: sent === undefined ? null : read(`sent/${sent}`).toString(),
      learnedFooters: [],
    },
  }))

/** What is made of a message; null when it cannot be parsed. */
async function readingOf(raw: Buffer, context: ReadContext): Promise<ReplyReading | null> {
  try {
    const message = await parseMessage({
      providerId: 'damaged',
      folder: 'inbox',
      receivedAt: new Date('2026-11-24T09:31:09Z'),
      raw,
      originalOctets: true,
      transportHeaders: null,
      itemClass: null,
    })
    return readReply(message, context)
  } catch (error) {
    if (!(error instanceof UnreadableMessage)) throw error
    return null
  }
}

/** Its answers, where none needs to be confirmed. */
function decidedBy(reading: ReplyReading | null): Record<string, string> {
  return reading?.confirm === null ? reading.answers : {}
}

/**
 * Whether it is the structure that keeps it from deciding: a report, a calendar part, parts that contradict each other.
 * Damage may take that away, and what is left is a plain answer.
 */
function standsByItsStructure({ kind, reason }: ReplyReading): boolean {
  return kind === 'automatic' || kind === 'bounce' || reason === 'parts-disagree'
}

/** What divides a message and says how its parts are to be read; nothing that somebody wrote. */
const structure = /^(--\S|content-|mime-version:|[ \t]+(boundary|charset|type|name|filename)=)/i

type Damage = (line: string) => string[]

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.constant<Damage>(() => []),
  fc.constant<Damage>((line) => [line, line]),
  fc.constant<Damage>((line) => [line.slice(0, line.length / 2)]),
  fc.constant<Damage>((line) => [` ${line}`]),
  fc.constant<Damage>((line) => [`${line.trimEnd()}--\r`]),
  fc.constant<Damage>((line) => [line.replace(/[a-z]/i, '\0')]),
  fc
    .constantFrom(
      'Content-Type: text/html',
      'Content-Type: text/plain; charset=utf-16',
      'Content-Type: text/plain; charset=nowhere',
      'Content-Type: message/rfc822',
      'Content-Type: multipart/mixed; boundary="b"',
      'Content-Transfer-Encoding: base64',
      'Content-Transfer-Encoding: quoted-printable',
      'Content-Disposition: attachment',
      '--b',
      '',
    )
    .map(
      (other): Damage =>
        (line) => [`${other}\r`, line],
    ),
  fc.constant<Damage>((line) => [line.replace(/:.*/s, ': \r')]),
)

test('damage to the structure of a mail makes no other decision of it', async () => {
  const whole = await Promise.all(
    mails.map(async (mail) => ({
      ...mail,
      reading: await readingOf(Buffer.from(mail.lines.join('\n'), 'latin1'), mail.context),
    })),
  )
  const targets = whole.filter(({ reading }) => reading !== null && !standsByItsStructure(reading))
  const hits = fc.array(fc.record({ at: fc.nat(), damage }), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...targets), hits, async (mail, hits) => {
      const lines: string[][] = mail.lines.map((line) => [line])
      const places = mail.lines.flatMap((line, at) => (structure.test(line) ? [at] : []))
      for (const { at, damage } of hits) {
        const place = places[at % places.length] ?? 0
        lines[place] = damage(mail.lines[place] ?? '')
      }
      const damaged = Buffer.from(lines.flat().join('\n'), 'latin1')
      const decided = decidedBy(await readingOf(damaged, mail.context))
      expect([{}, decidedBy(mail.reading)], damaged.toString('latin1')).toContainEqual(decided)
    }),
    { numRuns: 1_000 },
  )
})

test('octets without a letter decide nothing, whatever their headers say of them', async () => {
  const headers = fc.subarray([
    'Content-Type: text/html; charset=utf-16',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Type: multipart/alternative; boundary="1"',
    'Content-Transfer-Encoding: quoted-printable',
  ])
  const octets = fc.array(
    fc.nat(255).filter((octet) => !/[a-z]/i.test(String.fromCharCode(octet))),
    { maxLength: 400 },
  )
  const [mail] = mails
  if (!mail) throw new Error('no mail')
  await fc.assert(
    fc.asyncProperty(headers, octets, async (headers, octets) => {
      const head = ['From: elodie.gagnon@contoso.example', ...headers, '', ''].join('\r\n')
      const raw = Buffer.concat([Buffer.from(head), Buffer.from(octets)])
      expect(decidedBy(await readingOf(raw, mail.context))).toEqual({})
    }),
    { numRuns: 2_000 },
  )
})
