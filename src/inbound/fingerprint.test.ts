import { expect, test } from 'vitest'
import type { RawMessage } from '../mail/message.ts'
import { fingerprint } from './fingerprint.ts'

const fields = {
  Received: 'from a.example by b.example; Tue, 24 Nov 2026 09:00:00 +0000',
  'Message-ID': '<1@contoso.example>',
  From: 'elodie.gagnon@contoso.example',
  Subject: 'RE: Purchase [#1-1-aaaaaaaaaaaaaaaa]',
}

function message(
  changes: Partial<typeof fields> = {},
  body = 'Oui',
  rest: Partial<RawMessage> = {},
): RawMessage {
  const lines = Object.entries({ ...fields, ...changes }).map(([name, value]) => `${name}: ${value}`)
  return {
    providerId: 'x',
    folder: 'inbox',
    receivedAt: new Date(0),
    raw: Buffer.from([...lines, '', body].join('\r\n')),
    originalOctets: false,
    transportHeaders: null,
    itemClass: null,
    ...rest,
  }
}

const original = fingerprint(message())

test.each([
  ['lies in another folder', message({}, 'Oui', { folder: 'junk', providerId: 'y' })],
  ['was delivered a second time', message({ Received: 'again' }, 'Oui', { receivedAt: new Date(60_000) })],
  [
    'has its headers beside it',
    message({ Received: 'rewritten' }, 'Oui', {
      transportHeaders: Object.entries(fields)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\r\n'),
    }),
  ],
])('a copy that %s is known', (_, copy) => {
  expect(fingerprint(copy)).toBe(original)
})

test.each([
  ['another Message-ID', message({ 'Message-ID': '<2@contoso.example>' })],
  ['another author', message({ From: 'mallory@fabrikam.example' })],
  ['another subject', message({ Subject: 'RE: Purchase [#2-1-bbbbbbbbbbbbbbbb]' })],
  ['other words', message({}, 'Non')],
])('a message with %s is another one', (_, other) => {
  expect(fingerprint(other)).not.toBe(original)
})

test('without a Message-ID two deliveries are two messages, and two items of one delivery are copies', () => {
  const bare = (rest: Partial<RawMessage> = {}) => fingerprint(message({ 'Message-ID': '' }, 'Oui', rest))
  expect(bare({ folder: 'junk' })).toBe(bare())
  expect(bare({ receivedAt: new Date(1_000) })).not.toBe(bare())
})

test('a header without an end is all there is', () => {
  const raw = Buffer.from('Message-ID: <1@contoso.example>\r\nSubject: x')
  expect(fingerprint(message({}, '', { raw }))).toMatch(/^[0-9a-f]{64}$/)
})
