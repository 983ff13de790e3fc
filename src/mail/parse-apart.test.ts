import { expect, test } from 'vitest'
import type { RawMessage } from './message.ts'
import { parseApart } from './parse-apart.ts'
import { parseMessage, UnreadableMessage } from './parse-message.ts'

const rawMessage = (octets: string): RawMessage => ({
  providerId: 'large',
  folder: 'inbox',
  receivedAt: new Date(0),
  raw: Buffer.from(octets),
  originalOctets: false,
  transportHeaders: null,
  itemClass: 'IPM.Note',
})

const withAttachment = (octets: number) =>
  [
    'From: =?utf-8?Q?=C3=89lodie?= <elodie.gagnon@contoso.example>',
    'Date: Tue, 24 Nov 2026 10:31:07 +0100',
    'Subject: RE: Plans',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Oui',
    '--b',
    'Content-Type: application/pdf; name=plans.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.alloc(octets, 7)
      .toString('base64')
      .replace(/(.{76})/g, '$1\r\n'),
    '--b--',
    '',
  ].join('\r\n')

test('a large message is what it would be without a thread of its own', async () => {
  const raw = rawMessage(withAttachment(2_000_000))
  const apart = await parseApart(raw)
  expect(apart).toEqual(await parseMessage(raw))
  expect(apart).toMatchObject({ text: expect.stringMatching(/^Oui/), attachments: [{ size: 2_000_000 }] })
})

test('what cannot be parsed there is named as it is here', async () => {
  const raw = rawMessage(`\n--${'\n--'.repeat(400_000)}`)
  const error = await parseMessage(raw).catch((reason: Error) => reason)
  expect(error).toBeInstanceOf(UnreadableMessage)
  await expect(parseApart(raw)).rejects.toEqual(error)
})

test('what takes too long is given up', async () => {
  const raw = rawMessage(withAttachment(2_000_000))
  await expect(parseApart(raw, { mostMs: 0 })).rejects.toThrow('the message takes too much time to parse')
})

test('what takes too much memory is given up', async () => {
  const raw = rawMessage(withAttachment(20_000_000))
  const failure = parseApart(raw, { mostMegabytes: 8 })
  await expect(failure).rejects.toThrow(UnreadableMessage)
  await expect(failure).rejects.toThrow('the message takes too much memory to parse')
})

test('what takes too long and too much memory at a time is given up for one of them', async () => {
  const raw = rawMessage(withAttachment(20_000_000))
  // Among so many bounds there are some that pass while the memory runs out.
  for (let mostMs = 100; mostMs < 260; mostMs += 8) {
    await expect(parseApart(raw, { mostMs, mostMegabytes: 8 })).rejects.toThrow(UnreadableMessage)
  }
}, 60_000)
