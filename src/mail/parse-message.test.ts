import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RawMessage } from './message.ts'
import { parseMessage, UnreadableMessage } from './parse-message.ts'

function raw(octets: string | Uint8Array, more: Partial<RawMessage> = {}): RawMessage {
  return {
    providerId: 'x',
    folder: 'inbox',
    receivedAt: new Date('2026-11-24T09:31:09Z'),
    raw: typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets,
    originalOctets: true,
    transportHeaders: null,
    itemClass: null,
    ...more,
  }
}

const parse = (octets: string | Uint8Array, more?: Partial<RawMessage>) => parseMessage(raw(octets, more))

const plain = 'From: Nadia Roy <nadia.roy@contoso.example>\r\nSubject: RE: x\r\n\r\nYes\r\n'

describe('headers', () => {
  test('the fields of a plain message', async () => {
    const message = await parse(
      [
        'From: =?utf-8?Q?In=C3=A8s_Faure?= <ines.faure@contoso.example>',
        'Sender: office@contoso.example',
        'To: Approvals <approvals@contoso.example>, team: a@contoso.example, b@contoso.example;',
        'Cc: c@contoso.example',
        'Reply-To: ines@contoso.example',
        'Subject: =?iso-8859-1?Q?Re:_=E9crans?=',
        'Date: Tue, 24 Nov 2026 10:31:07 +0100',
        'Message-ID: <r1@contoso.example>',
        'In-Reply-To: <o2@contoso.example>',
        'References: <o1@contoso.example>',
        '\t<o2@contoso.example>',
        '',
        'Yes',
      ].join('\r\n'),
    )
    expect(message).toMatchObject({
      from: [{ name: 'Inès Faure', address: 'ines.faure@contoso.example' }],
      sender: { name: '', address: 'office@contoso.example' },
      replyTo: [{ address: 'ines@contoso.example' }],
      subject: 'Re: écrans',
      date: new Date('2026-11-24T09:31:07Z'),
      messageId: '<r1@contoso.example>',
      inReplyTo: '<o2@contoso.example>',
      references: ['<o1@contoso.example>', '<o2@contoso.example>'],
      text: 'Yes\n',
      html: null,
      attachments: [],
      deliveryReport: null,
    })
    expect(message.to.map(({ address }) => address)).toEqual([
      'approvals@contoso.example',
      'a@contoso.example',
      'b@contoso.example',
      'c@contoso.example',
    ])
  })

  test('every From header and every address in it', async () => {
    const message = await parse(
      'From: a@contoso.example\r\nFrom: b@contoso.example, c@contoso.example\r\n\r\nYes',
    )
    expect(message.from.map(({ address }) => address)).toEqual([
      'a@contoso.example',
      'b@contoso.example',
      'c@contoso.example',
    ])
  })

  test.each([
    ['=?utf-8?Q?ceo=40contoso.example?= <evil@fabrikam.example>', ['evil@fabrikam.example']],
    ['"ceo@contoso.example" <evil@fabrikam.example>', ['evil@fabrikam.example']],
    ['=?utf-8?Q?=3Cceo=40contoso.example=3E?=', []],
    ['=?utf-8?B?PGNlb0Bjb250b3NvLmV4YW1wbGU+?=', []],
    ['', []],
    ['undisclosed-recipients:;', []],
    ['Nadia Roy (Finance) <nadia@contoso.example>', ['nadia@contoso.example']],
    ['NADIA@contoso.example <nadia@contoso.example>', ['nadia@contoso.example']],
    ['"Roy \\"@\\" Finance" <nadia@contoso.example>', ['nadia@contoso.example']],
    ['Roy, Nadia <nadia@contoso.example>', ['nadia@contoso.example']],
  ])('From: %s', async (value, addresses) => {
    const message = await parse(`From: ${value}\r\nSubject: x\r\n\r\nYes`)
    expect(message.from.map(({ address }) => address)).toEqual(addresses)
  })

  test.each([
    '<cfo@contoso.example> <mallory@contoso.example>',
    '<cfo@contoso.example>mallory@contoso.example',
    'mallory@contoso.example <cfo@contoso.example>',
    'mallory@contoso.example:cfo@contoso.example',
    '"x" <cfo@contoso.example>, =?utf-8?q?mallory=40contoso.example?=',
    '=?utf-8?q?=3Cmallory=40contoso.example=3E?=, <cfo@contoso.example>',
    '"x" mallory@contoso.example <cfo@contoso.example> "y"',
    'x (a) mallory@contoso.example (b) <cfo@contoso.example>',
    '<@mallory.example:cfo@contoso.example>',
    'mallory@cfo@contoso.example',
    'cfo@contoso.example, mallory@contoso.example',
    'cfo@contoso.example;mallory@contoso.example',
  ])('From: %s has more than one author', async (value) => {
    const message = await parse(`From: ${value}\r\nSubject: x\r\n\r\nYes`)
    expect(message.from.length).toBeGreaterThan(1)
  })

  test('no more addresses of a header than anybody writes to', async () => {
    const to = Array.from({ length: 2_000 }, (_, index) => `p${index}@contoso.example`).join(', ')
    expect((await parse(`To: ${to}\r\n${plain}`)).to).toHaveLength(1_000)
  })

  test('the headers that travelled win over the regenerated MIME, the body does not', async () => {
    const transportHeaders = [
      'Received: from b by c',
      'Received: from a by b',
      'Authentication-Results: spf=pass;',
      ' dmarc=pass',
      'From: real@contoso.example',
      'Content-Type: text/plain',
      '',
      'From: late@contoso.example',
    ].join('\r\n')
    const message = await parse(plain, { transportHeaders })
    expect(message.from).toEqual([{ name: '', address: 'real@contoso.example' }])
    expect(message.headers).toEqual([
      { name: 'received', value: 'from b by c' },
      { name: 'received', value: 'from a by b' },
      { name: 'authentication-results', value: 'spf=pass; dmarc=pass' },
      { name: 'from', value: 'real@contoso.example' },
      { name: 'content-type', value: 'text/plain' },
    ])
    expect(message.text).toBe('Yes\n')
  })

  test.each(['', '\r\n', 'Microsoft Mail Internet Headers Version 2.0'])(
    'transport headers without a field (%j) count as not given',
    async (transportHeaders) => {
      expect((await parse(plain, { transportHeaders })).from).toHaveLength(1)
    },
  )

  test('a Message-ID without brackets is given them, garbage is not taken for one', async () => {
    const message = await parse(
      'From: a@contoso.example\r\nMessage-ID: r1@contoso.example\r\nIn-Reply-To: your mail\r\n\r\n',
    )
    expect(message).toMatchObject({
      messageId: '<r1@contoso.example>',
      inReplyTo: null,
      references: [],
      date: null,
    })
  })
})

describe('bodies', () => {
  test('charsets, and one that does not exist', async () => {
    const body = (charset: string, octets: string) =>
      parse(`From: a@contoso.example\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n${octets}\r\n`)
    expect((await body('windows-1252', 'valid\xe9 \x80')).text).toBe('validé €\n')
    expect((await body('gb18030', '\xc4\xe3')).text).toBe('你\n')
    expect((await body('x-none', 'Yes')).text).toBe('Yes\n')
  })

  test('a message in the message is an attachment and does not speak', async () => {
    const message = await parse(
      [
        'From: a@contoso.example',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        '',
        'See below.',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'From: b@contoso.example',
        '',
        'Yes',
        '--b--',
      ].join('\r\n'),
    )
    expect(message.text?.trim()).toBe('See below.')
    expect(message.attachments).toMatchObject([{ mimeType: 'message/rfc822' }])
  })

  test('NUL is nowhere', async () => {
    const message = await parse(
      'From: =?utf-8?Q?a=00b?= <a@contoso.example>\r\nSubject: a\0b\r\nContent-Type:\0text/plain\r\n\r\nY\0ES\r\n',
    )
    expect(JSON.stringify(message)).not.toContain('\\u0000')
  })

  test('NUL in a body stays a division', async () => {
    const message = await parse('From: a@contoso.example\r\nSubject: a\0b\r\n\r\nY\0ES\r\n')
    expect(message).toMatchObject({ subject: 'a\ufffdb', text: 'Y\ufffdES\n' })
  })

  test('text without end is cut, whatever its lines', async () => {
    for (const line of ['\r\n', 'Yes\n', 'word '.repeat(100)]) {
      const message = await parse(`${plain}${line.repeat(Math.ceil(2_000_000 / line.length))}`)
      expect(message.isCut).toBe(true)
      expect(message.text?.length).toBeLessThanOrEqual(1024 * 1024 + 1)
    }
  })

  test('a large attachment does not count by its lines, and changes no other', async () => {
    const word = 'k3vqy7h2'.repeat(8)
    const message = await parse(
      [
        'From: a@contoso.example',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        '',
        `Yes\r\n${word}\r\nNo\r\n${word}\r\n`,
        '--b',
        'Content-Type: application/pdf',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.alloc(5_000_000, 7).toString('base64').replace(/.{76}/g, '$&\r\n'),
        '--b--',
      ].join('\r\n'),
    )
    expect(message.text).toBe(`Yes\n${word}\nNo\n${word}\n`)
    expect(message.attachments).toMatchObject([{ mimeType: 'application/pdf', size: 5_000_000 }])
  })

  test('a boundary that never comes leaves no text', async () => {
    const message = await parse(
      'From: a@contoso.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nYes\r\n',
    )
    expect(message).toMatchObject({ text: null, html: null, obstacle: 'damaged' })
  })
})

describe('delivery reports', () => {
  const folder = new URL('../../test/fixtures/replies/', import.meta.url)
  const fixture = (file: string) => readFileSync(new URL(file, folder))
  const original = '<42.7.k3vq7m2xw5tz4ra6@approvals.contoso.example>'

  test.each([
    ['ndr-exchange.eml', { action: 'failed', status: '5.1.10', recipient: 'nadia.roi@contoso.example' }],
    ['ndr-postfix.eml', { action: 'failed', status: '5.2.2', recipient: 'paul@fabrikam.example' }],
    ['delay-postfix.eml', { action: 'delayed', status: '4.4.1', recipient: 'paul@fabrikam.example' }],
  ])('%s', async (file, report) => {
    expect((await parse(fixture(file))).deliveryReport).toMatchObject({
      ...report,
      originalMessageId: original,
    })
  })

  test('without the returned headers, what the report answers to is the original', async () => {
    const report = (headers: string) =>
      parse(
        `From: a@contoso.example\r\n${headers}Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n` +
          'Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n--b--\r\n',
      )
    expect((await report(`References: <x@contoso.example> ${original}\r\n`)).deliveryReport).toEqual({
      action: 'failed',
      status: null,
      recipient: null,
      diagnostic: null,
      originalMessageId: original,
      returned: null,
    })
    expect((await report('')).deliveryReport?.originalMessageId).toBeNull()
  })
})

describe('what cannot be read', () => {
  const multipart = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n'
  const nested = (depth: number) =>
    Array.from(
      { length: depth },
      (_, at) =>
        `${at === 0 ? 'From: a@contoso.example\r\n' : `--b${at - 1}\r\n`}Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n`,
    ).join('')

  test.each([
    ['nothing', ''],
    ['no headers', 'Yes\r\n'],
    ['text that strayed into the headers', 'Yes please\r\n\r\nNo\r\n'],
    ['an oversize message', Buffer.alloc(64 * 1024 * 1024 + 1, 'x')],
  ])('%s', async (_, octets) => {
    await expect(parse(octets)).rejects.toThrow(UnreadableMessage)
  })

  const from = 'From: a@contoso.example\r\n'
  const nestedMessages = `${from}${'Content-Type: message/rfc822\r\n\r\nSubject: x\r\n'.repeat(1_000)}`

  test.each([
    ['deep nesting', nested(1_000)],
    ['a header of 1 MB', `${from}X: ${'x'.repeat(1_000_000)}\r\n\r\nYes`],
    ['many small headers', `${from}${'X: y\r\n'.repeat(80_000)}\r\nYes`],
    ['many headers of parts', `${from}${multipart}${`--b\r\nX: ${'y'.repeat(100)}\r\n\r\n`.repeat(4_000)}`],
    ['a multitude of parts', `${from}${multipart}${'--b\r\n\r\n'.repeat(100_000)}`],
  ])('%s: known who wrote, nothing read', async (_, octets) => {
    expect(await parse(octets)).toMatchObject({
      from: [{ address: 'a@contoso.example' }],
      obstacle: 'damaged',
    })
  })

  test('messages nested in messages are one attachment, however deep', async () => {
    const message = await parse(nestedMessages)
    expect(message.attachments).toMatchObject([{ mimeType: 'message/rfc822' }])
  })

  test('ten thousand headers are read', async () => {
    const message = await parse(`${'X: y\r\n'.repeat(10_000)}${plain}`)
    expect(message).toMatchObject({ text: 'Yes\n', obstacle: null })
    expect(message.headers).toHaveLength(10_002)
  })

  test('huge transport headers', async () => {
    const message = await parse(plain, { transportHeaders: `${from}${'X: y\r\n'.repeat(60_000)}` })
    expect(message).toMatchObject({ from: [{ address: 'a@contoso.example' }], obstacle: 'damaged' })
  })

  test('nesting within the bound is read', async () => {
    await expect(parse(nested(20))).resolves.toMatchObject({ from: [{ address: 'a@contoso.example' }] })
  })

  test('any octets are parsed, or refused by name', async () => {
    const folder = new URL('../../test/fixtures/replies/', import.meta.url)
    const mails = readdirSync(folder)
      .filter((file) => file.endsWith('.eml'))
      .map((file) => readFileSync(new URL(file, folder)))
    const line = fc.constantFrom(
      'From: a@contoso.example',
      'Content-Type: multipart/mixed; boundary="b"',
      'Content-Type: message/delivery-status',
      'Content-Transfer-Encoding: base64',
      'Subject: =?utf-8?B?!!!?=',
      '--b',
      '--b--',
      '',
      ' folded',
      '\0',
    )
    const damaged = fc
      .record({
        mail: fc.constantFrom(...mails),
        at: fc.nat(),
        cut: fc.nat(400),
        put: fc.uint8Array({ maxLength: 20 }),
      })
      .map(({ mail, at, cut, put }) => {
        const from = at % mail.length
        return Buffer.concat([mail.subarray(0, from), put, mail.subarray(from + cut)])
      })
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 30 })
        .map((lines) => Buffer.from(lines.join('\r\n'))),
      damaged,
    )
    await fc.assert(
      fc.asyncProperty(octets, async (bytes) => {
        try {
          const message = await parse(bytes)
          expect(JSON.stringify(message)).not.toContain('\\u0000')
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableMessage)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
