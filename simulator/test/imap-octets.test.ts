import {
  assert,
  asyncProperty,
  constantFrom,
  array as listOf,
  oneof,
  property,
  string,
  uint8Array,
} from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { decodeModifiedUtf7, encodeModifiedUtf7 } from '../src/imap/modified-utf7.ts'
import { readSequenceSet, writeSequenceSet } from '../src/imap/sequence-set.ts'
import { type Simulator, startSimulator } from '../src/index.ts'
import { deliverMail } from './support/deliver-mail.ts'
import { openImap } from './support/mail-client.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
  await deliverMail(simulator)
})
afterAll(() => simulator.close())

it('every folder name survives modified UTF-7', () => {
  assert(
    property(string({ unit: 'binary' }), (name) => {
      expect(decodeModifiedUtf7(encodeModifiedUtf7(name))).toBe(name)
    }),
  )
})

it('a set that is written says what was meant', () => {
  expect(writeSequenceSet([4, 5, 6, 9, 2, 3])).toBe('4:6,9,2:3')
  expect(readSequenceSet('9,4:6,2:3,*:8', 10)).toEqual([
    [2, 6],
    [8, 10],
  ])
})

const pieces = constantFrom(
  ...[
    'UID ',
    'FETCH ',
    'SEARCH ',
    'STORE ',
    'APPEND ',
    'LIST ',
    'STATUS ',
    'SELECT ',
    'INBOX ',
    '1:* ',
    '1 ',
    'BODY',
    '.PEEK',
    '[',
    ']',
  ],
  ...[
    'HEADER.FIELDS ',
    '(',
    ')',
    '"',
    '\\',
    '{3}',
    '{3+}',
    '\r\n',
    'x ',
    'OR ',
    'NOT ',
    'ALL ',
    '<0.5>',
    'FLAGS ',
    '+',
    '*',
    '%',
    '\0',
    '\xff',
  ],
)

it('whatever octets come, the connection answers or ends, and the next one is served', async () => {
  const octets = oneof(
    listOf(pieces, { maxLength: 20 }).map((parts) => Buffer.from(parts.join(''), 'latin1')),
    uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  )
  await assert(
    asyncProperty(octets, async (sent) => {
      const client = await openImap(simulator)
      // Whatever literal or continuation was begun, these line ends bring it to its end.
      client.send(
        Buffer.concat([Buffer.from('f1 '), sent, Buffer.from('\r\nDONE\r\n\r\n\r\n\r\nlast NOOP\r\n')]),
      )
      const lines = await client.readUntil((line) => line.startsWith('last '))
      expect(lines.at(-1)).toMatch(/^last OK|^\* BYE/)
      client.close()
    }),
    { numRuns: 60 },
  )
})
