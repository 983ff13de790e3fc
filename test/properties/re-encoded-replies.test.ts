import { expect, test } from 'vitest'
import { readReply } from '../../src/replies/read-reply.ts'
import type { ReplyReading } from '../../src/replies/reading.ts'
import { type Encoding, reEncoded } from '../support/re-encode.ts'
import {
  contextOf,
  parseFixture,
  type ReplyFixture,
  rawOf,
  replyFixtures,
} from '../support/reply-fixtures.ts'

/** What is broken on purpose is no longer the same once it is written properly. */
const fixtures = replyFixtures.filter(({ list }) => list !== 'damaged')

const national = [
  'windows-1252',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
]

const encodings: Encoding[] = [
  { transfer: 'base64', charset: 'utf-8', flowed: false },
  { transfer: 'quoted-printable', charset: 'utf-8', flowed: false },
  { transfer: 'quoted-printable', charset: 'utf-8', flowed: true },
  { transfer: 'base64', charset: 'utf-16', flowed: false },
  ...national.map((charset): Encoding => ({ transfer: 'quoted-printable', charset, flowed: false })),
]

/** What the reading says; white space and the text's own offsets may have changed. */
function said({ kind, answers, comment, confirm, reason, instruction, automatic, bounce }: ReplyReading) {
  const plain = comment.replace(/\s+/g, ' ').trim()
  return { kind, answers, comment: plain, confirm, reason, instruction, automatic, bounce }
}

async function readingOf(fixture: ReplyFixture, raw: Buffer) {
  return said(readReply(await parseFixture(fixture, raw), contextOf(fixture)))
}

test.each(encodings)(
  'in $transfer, $charset, flowed: $flowed, every reply is read alike',
  async (encoding) => {
    let compared = 0
    for (const fixture of fixtures) {
      const raw = rawOf(fixture)
      const anew = reEncoded(raw, encoding)
      if (anew === null) continue
      compared += 1
      expect.soft(await readingOf(fixture, anew), fixture.file).toEqual(await readingOf(fixture, raw))
    }
    // Few characters are in every set, but those of our languages are in some.
    expect(compared).toBeGreaterThan(/^utf/.test(encoding.charset) ? fixtures.length * 0.95 : 20)
  },
)
