import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MailHeader } from '../message.ts'
import { parseAuthenticationResults } from './parse-authentication-results.ts'
import { readAuthentication } from './read-authentication.ts'

const nothing = {
  exchangeAuthAs: null,
  dmarc: null,
  dmarcAction: null,
  compauth: null,
  compauthReason: null,
  headerFrom: null,
  spamCategory: null,
  scl: null,
}

/** Headers of a message as `Name: value` lines, topmost first. */
function headers(...lines: string[]): MailHeader[] {
  return lines.map((line) => ({
    name: line.slice(0, line.indexOf(':')).toLowerCase(),
    value: line.slice(line.indexOf(':') + 1).trim(),
  }))
}

const read = (...lines: string[]) => readAuthentication(headers(...lines), { marks: 'all' })

const hop =
  'Received: from AM0PR01MB0001.eurprd01.prod.outlook.com (2603:10a6::1) by AM0PR01MB0002.eurprd01.prod.outlook.com (2603:10a6::2) with Microsoft SMTP Server (version=TLS1_3) id 15.20.1; Tue, 24 Nov 2026 13:58:00 +0000'
const border =
  'Received: from mail.fabrikam.example (192.0.2.1) by AM0PEPF0001.mail.protection.outlook.com (10.167.0.1) with Microsoft SMTP Server (version=TLS1_3) via Frontend Transport; Tue, 24 Nov 2026 13:57:59 +0000'
const results =
  'Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=fabrikam.example; dkim=pass (signature was verified) header.d=fabrikam.example;dmarc=pass action=none header.from=fabrikam.example;compauth=pass reason=100'
const forged =
  'Authentication-Results: spf=pass smtp.mailfrom=contoso.example; dmarc=pass action=none header.from=contoso.example;compauth=pass reason=100'
const report =
  'X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:;LANG:en;SCL:1;SRV:;IPV:NLI;SFV:NSPM;H:mail.fabrikam.example;PTR:;CAT:NONE;SFS:(13230040);DIR:INB;'

const passed = {
  ...nothing,
  dmarc: 'pass',
  dmarcAction: 'none',
  compauth: 'pass',
  compauthReason: '100',
  headerFrom: 'fabrikam.example',
}

test('mail from outside that has passed', () => {
  const given = read(
    hop,
    results,
    border,
    'X-MS-Exchange-Organization-AuthAs: Anonymous',
    'X-MS-Exchange-Organization-SCL: 1',
    report,
  )
  expect(given).toEqual({ ...passed, exchangeAuthAs: 'anonymous', spamCategory: 'NONE', scl: 1 })
})

test('internal mail has the mark and no results', () => {
  const given = read(
    hop,
    'From: elodie.gagnon@contoso.example',
    'X-MS-Exchange-Organization-AuthAs: INTERNAL',
    'X-MS-Exchange-Organization-SCL: -1',
  )
  expect(given).toEqual({ ...nothing, exchangeAuthAs: 'internal', scl: -1 })
})

test('Direct Send with a From of the own domain', () => {
  const failed =
    'Authentication-Results: spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=contoso.example; dkim=none (message not signed) header.d=none;dmarc=fail action=oreject header.from=contoso.example;compauth=fail reason=601'
  expect(read(hop, failed, border)).toEqual({
    ...nothing,
    dmarc: 'fail',
    dmarcAction: 'oreject',
    compauth: 'fail',
    compauthReason: '601',
    headerFrom: 'contoso.example',
  })
})

test('only the topmost results count', () => {
  expect(read(hop, results, border, forged)).toEqual(passed)
})

test('results below the hop at which the message came in are the sender’s', () => {
  expect(read(hop, border, forged)).toEqual(nothing)
  expect(read(border, forged)).toEqual(nothing)
})

test('an own Exchange server, which writes no results, lets nobody else’s count', () => {
  const helo =
    'Received: from edge.prod.outlook.com (192.0.2.1) by ex01.contoso.example (10.0.0.1) with Microsoft SMTP Server'
  expect(read(helo, forged)).toEqual(nothing)
  const insertedBy =
    'Received: from a.outlook.com by b.outlook.com (192.0.2.1) by ex01.contoso.example with Microsoft SMTP Server'
  expect(read(insertedBy, forged)).toEqual(nothing)
  expect(read(`${hop}${' '.repeat(3_000)}by ex01.contoso.example`, forged)).toEqual(nothing)
})

test('a host that merely begins like Microsoft’s is foreign', () => {
  expect(read(hop.replaceAll('outlook.com', 'outlook.com.litware.example'), forged)).toEqual(nothing)
  expect(read(hop.replaceAll('prod.outlook.com', 'notoutlook.com'), forged)).toEqual(nothing)
})

test('marks from between tenants are not Exchange’s word', () => {
  expect(read('X-MS-Exchange-CrossTenant-AuthAs: Internal')).toEqual(nothing)
})

test('two marks are none', () => {
  const given = read(
    'X-MS-Exchange-Organization-AuthAs: Internal',
    'X-MS-Exchange-Organization-AuthAs: Anonymous',
  )
  expect(given.exchangeAuthAs).toBeNull()
})

test('an unknown mark is none', () => {
  expect(read('X-MS-Exchange-Organization-AuthAs: Internal; really').exchangeAuthAs).toBeNull()
})

test('without Exchange nothing is believed', () => {
  const all = headers(hop, results, border, report, 'X-MS-Exchange-Organization-AuthAs: Internal')
  expect(readAuthentication(all, { marks: 'none' })).toEqual(nothing)
  expect(readAuthentication(all, { marks: 'internal' })).toEqual({ ...nothing, exchangeAuthAs: 'internal' })
})

test('the highest spam level counts', () => {
  expect(read('X-MS-Exchange-Organization-SCL: -1', report.replace('SCL:1', 'SCL:9')).scl).toBe(9)
  expect(read('X-MS-Exchange-Organization-SCL: many').scl).toBeNull()
})

test('a category survives odd spacing', () => {
  expect(read('X-Forefront-Antispam-Report: CIP:192.0.2.1; cat: SPOOF ;DIR:INB').spamCategory).toBe('SPOOF')
})

const withResults = (value: string) => read(hop, `Authentication-Results: ${value}`, border)

test.each([
  [
    'DMARC=Pass ACTION=None HEADER.FROM=Fabrikam.Example',
    { dmarc: 'pass', dmarcAction: 'none', headerFrom: 'fabrikam.example' },
  ],
  ['dmarc=fail action=o.reject header.from=a.example', { dmarc: 'fail', dmarcAction: 'oreject' }],
  ['dmarc=pass header.from=fabríkam.example', { headerFrom: 'xn--fabrkam-bza.example' }],
  ['mx.contoso.example 1; dmarc=pass', { dmarc: 'pass' }],
  ['dmarc=passed', { dmarc: null }],
  ['none', { dmarc: null, compauth: null }],
  ['', { dmarc: null }],
  // What a sender could smuggle in through comments, quotes and repeated methods.
  ['spf=pass (dmarc=pass) smtp.mailfrom=a.example', { dmarc: null }],
  ['spf=pass (a (nested); dmarc=pass) smtp.mailfrom=a.example; dmarc=fail', { dmarc: 'fail' }],
  ['spf=pass (a \\) ; dmarc=pass) smtp.mailfrom=a.example; dmarc=none', { dmarc: 'none' }],
  ['spf=pass smtp.mailfrom="a; dmarc=pass"; dmarc=none', { dmarc: 'none' }],
  ['spf=pass smtp.mailfrom="a\\"; dmarc=pass; b"; dmarc=none', { dmarc: 'none' }],
  [
    'dmarc=pass header.from=contoso.example; dmarc=fail header.from=a.example',
    { dmarc: 'fail', headerFrom: null },
  ],
  ['dmarc=pass; dmarc=none', { dmarc: null }],
  ['compauth=pass reason=100; compauth=pass reason=601', { compauth: 'pass', compauthReason: null }],
  ['dmarc=pass header.from=a.example header.from=b.example', { headerFrom: 'a.example' }],
  ['dmarc=pass (never closed', { dmarc: null }],
  ['dm(a comment parts a word)arc=pass', { dmarc: null }],
  ['dmarc=pass "never closed', { dmarc: null }],
  ['x dmarc=pass', { dmarc: null }],
  [`dmarc=pass ${'a'.repeat(10_000)}`, { dmarc: null }],
])('%j', (value, expected) => {
  expect(withResults(value)).toMatchObject(expected)
})

test('methods of any text never throw, and their text comes from the header, less its quotes', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ad=;()"\\ \t.pmrc'), maxLength: 60 })
  fc.assert(
    fc.property(text, (value) => {
      for (const { method, result } of parseAuthenticationResults(value)) {
        expect(value.replace(/["\\]/g, '')).toContain(method.replace(/["\\]/g, ''))
        expect(method).not.toBe('')
        // Quoted, it may hold anything.
        if (!value.includes('"')) expect(result).not.toMatch(/[;\s]/)
      }
    }),
  )
})

test('what stands in a comment is never read', () => {
  const comment = fc.string({ unit: fc.constantFrom(...'dmarc=ps; "'), maxLength: 40 })
  fc.assert(
    fc.property(comment, (inner) => {
      expect(parseAuthenticationResults(`spf=none (${inner}) smtp.mailfrom=a.example`)).toHaveLength(1)
    }),
  )
})
