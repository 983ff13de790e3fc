import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { deliverMail, lastNumber } from './support/deliver-mail.ts'
import { control } from './support/ews-client.ts'
import type { LineClient } from './support/line-client.ts'
import { approvals, openImap } from './support/mail-client.ts'

let simulator: Simulator
let client: LineClient
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  for (let count = 0; count < 3; count += 1) await deliverMail(simulator)
  client = await openImap(simulator, { folder: null })
})
afterEach(async () => {
  client.close()
  await control(simulator, 'POST', '/reset')
})
afterAll(() => simulator.close())

interface Message {
  subject: string
  isRead: boolean
  receivedAt: string
}
const inFolder = (name: string) =>
  control<Message[]>(simulator, 'GET', `/mailboxes/${approvals}/folders/${encodeURIComponent(name)}/messages`)
const deliver = (raw: string) =>
  control(simulator, 'POST', `/mailboxes/${approvals}/messages?as=internal`, raw)
const last = (lines: string[]) => lines.at(-1)

describe('SELECT', () => {
  it('says what is in the folder, and STATUS the same', async () => {
    expect(await client.imap('SELECT "inbox"')).toEqual([
      '* 3 EXISTS',
      '* 3 RECENT',
      '* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)',
      '* OK [PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)] Permanent flags',
      '* OK [UNSEEN 1] Is the first unseen message',
      expect.stringMatching(/^\* OK \[UIDVALIDITY \d+\] UIDVALIDITY value$/),
      '* OK [UIDNEXT 4] The next unique identifier value',
      'OK [READ-WRITE] SELECT completed.',
    ])
    const status = await client.imap('STATUS INBOX (MESSAGES RECENT UIDNEXT UNSEEN)')
    expect(status[0]).toBe('* STATUS INBOX (MESSAGES 3 RECENT 0 UIDNEXT 4 UNSEEN 3)')
  })

  it('tells one session alone that a message is recent; EXAMINE takes that from nobody', async () => {
    const other = await openImap(simulator, { folder: null })
    expect((await other.imap('EXAMINE INBOX'))[1]).toBe('* 3 RECENT')
    expect((await client.imap('SELECT INBOX'))[1]).toBe('* 3 RECENT')
    expect((await other.imap('SELECT INBOX'))[1]).toBe('* 0 RECENT')
    other.close()
  })
})

describe('FETCH', () => {
  it('gives what describes a message', async () => {
    await client.imap('SELECT INBOX')
    const [line] = await client.imap('UID FETCH 2 (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)')
    const { size } =
      (
        await control<{ size: number }[]>(simulator, 'GET', `/mailboxes/${approvals}/folders/inbox/messages`)
      )[1] ?? {}
    expect(line).toMatch(
      new RegExp(
        `^\\* 2 FETCH \\(UID 2 FLAGS \\(\\\\Recent\\) INTERNALDATE "\\d\\d-\\w{3}-\\d{4} [0-9:]{8} \\+0000" RFC822.SIZE ${size} ENVELOPE \\(`,
      ),
    )
    expect(line).toContain(
      `"Message ${lastNumber() - 1}" (("Nadia Belkacem" NIL "nadia.belkacem" "contoso.example"))`,
    )
    expect(line).toContain(`NIL NIL NIL "<m${lastNumber() - 1}@contoso.example>"))`)
  })

  it('cuts header, body and parts out of the octets', async () => {
    const part =
      '--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Disposition: attachment; filename="a.html"\r\n\r\n<p>\r\n'
    const inner = 'Subject: inner\r\n\r\ninside\r\n'
    await deliver(
      `Subject: whole\r\nFrom: a@contoso.example\r\nX-Long: one\r\n two\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nbefore\r\n--b\r\n\r\nplain\r\n${part}--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}--b--\r\n`,
    )
    await client.imap('SELECT INBOX')
    const fetched = async (section: string) => {
      const lines = await client.imap(`FETCH 4 (BODY.PEEK[${section}])`)
      return lines.slice(0, -1).join('\n')
    }
    expect(await fetched('1')).toBe('* 4 FETCH (BODY[1] {5}\nplain)')
    expect(await fetched('2.MIME')).toContain('Content-Disposition: attachment; filename="a.html"\n\n)')
    expect(await fetched('2')).toBe('* 4 FETCH (BODY[2] {3}\n<p>)')
    expect(await fetched('3.HEADER')).toBe('* 4 FETCH (BODY[3.HEADER] {18}\nSubject: inner\n\n)')
    expect(await fetched('3.1')).toBe('* 4 FETCH (BODY[3.1] {6}\ninside)')
    expect(await fetched('HEADER.FIELDS (X-LONG subject)')).toBe(
      '* 4 FETCH (BODY[HEADER.FIELDS (X-LONG subject)] {37}\nSubject: whole\nX-Long: one\n two\n\n)',
    )
    expect(await fetched('HEADER.FIELDS (Nothing)')).toBe('* 4 FETCH (BODY[HEADER.FIELDS (Nothing)] {2}\n\n)')
    expect(await fetched('9')).toBe('* 4 FETCH (BODY[9] NIL)')
    expect(await fetched('TEXT')).toContain(
      '{0}'.replace(
        '0',
        String(
          Buffer.byteLength(
            `before\r\n--b\r\n\r\nplain\r\n${part}--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}--b--\r\n`,
          ),
        ),
      ),
    )
    expect((await client.imap('FETCH 4 (BODY.PEEK[1]<2.2>)')).slice(0, 2)).toEqual([
      '* 4 FETCH (BODY[1]<2> {2}',
      'ai)',
    ])
    expect((await client.imap('FETCH 4 BODYSTRUCTURE'))[0]).toBe(
      '* 4 FETCH (BODYSTRUCTURE (("text" "plain" NIL NIL NIL "7bit" 5 0 NIL NIL NIL NIL)' +
        '("text" "html" ("charset" "utf-8") NIL NIL "7bit" 3 0 NIL ("attachment" ("filename" "a.html")) NIL NIL)' +
        '("message" "rfc822" NIL NIL NIL "7bit" 24 (NIL "inner" NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" NIL NIL NIL "7bit" 6 0 NIL NIL NIL NIL) 2 NIL NIL NIL NIL)' +
        ' "mixed" ("boundary" "b") NIL NIL NIL))',
    )
  })

  it('ends every line with CRLF, in what it says of the size too', async () => {
    await deliver('Subject: bare\nFrom: a@contoso.example\n\none\ntwo\n')
    await client.imap('SELECT INBOX')
    expect((await client.imap('FETCH 4 BODY.PEEK[TEXT]')).slice(0, 3)).toEqual([
      '* 4 FETCH (BODY[TEXT] {10}',
      'one',
      'two',
    ])
    const size = Number(/RFC822.SIZE (\d+)/.exec((await client.imap('FETCH 4 RFC822.SIZE'))[0] ?? '')?.[1])
    expect((await client.imap('FETCH 4 BODY.PEEK[]'))[0]).toBe(`* 4 FETCH (BODY[] {${size}}`)
  })

  it('makes a message read, unless it peeks or the folder is only examined', async () => {
    await client.imap('SELECT INBOX')
    await client.imap('UID FETCH 1 (BODY.PEEK[])')
    expect((await inFolder('inbox'))[0]?.isRead).toBe(false)
    await client.imap('EXAMINE INBOX')
    await client.imap('UID FETCH 1 (BODY[TEXT])')
    expect((await inFolder('inbox'))[0]?.isRead).toBe(false)
    await client.imap('SELECT INBOX')
    const lines = await client.imap('UID FETCH 1 (BODY[TEXT])')
    expect(lines.at(-2)).toMatch(/ FLAGS \(\\Seen\)\)$/)
    expect((await inFolder('inbox'))[0]?.isRead).toBe(true)
  })
})

describe('STORE', () => {
  it('keeps the flags that Exchange keeps, and forgets the others', async () => {
    await client.imap('SELECT INBOX')
    expect(await client.imap('UID STORE 1:2 +FLAGS (\\Seen $Ours)')).toEqual([
      '* 1 FETCH (UID 1 FLAGS (\\Seen \\Recent))',
      '* 2 FETCH (UID 2 FLAGS (\\Seen \\Recent))',
      'OK STORE completed.',
    ])
    expect(await client.imap('UID STORE 1 -FLAGS.SILENT (\\Seen)')).toEqual(['OK STORE completed.'])
    expect((await client.imap('STORE 3 FLAGS (\\Flagged $MDNSent)'))[0]).toBe(
      '* 3 FETCH (FLAGS (\\Flagged $MDNSent \\Recent))',
    )
    expect((await inFolder('inbox')).map(({ isRead }) => isRead)).toEqual([false, true, false])
    await client.imap('EXAMINE INBOX')
    expect(last(await client.imap('UID STORE 1 FLAGS (\\Seen)'))).toMatch(/^NO /)
  })
})

describe('a message that goes elsewhere', () => {
  it('has another UID there, which COPYUID tells', async () => {
    await client.imap('CREATE Processed')
    await client.imap('SELECT INBOX')
    const [code, first, second, end] = await client.imap('UID MOVE 1,3 Processed')
    expect(code).toMatch(/^\* OK \[COPYUID \d+ 1,3 1:2\]$/)
    expect([first, second, end]).toEqual(['* 1 EXPUNGE', '* 2 EXPUNGE', 'OK MOVE completed.'])
    expect(last(await client.imap('UID COPY 2 Processed'))).toMatch(
      /^OK \[COPYUID \d+ 2 3\] COPY completed\.$/,
    )
    expect((await inFolder('Processed')).length).toBe(3)
    expect((await inFolder('inbox')).length).toBe(1)
    // What is gone is passed over.
    expect(await client.imap('UID MOVE 1 Processed')).toEqual(['OK MOVE completed.'])
    expect(last(await client.imap('UID MOVE 2 Nowhere'))).toMatch(/^NO \[TRYCREATE\] /)
  })

  it('goes for good only when it is marked, and with UID EXPUNGE only when it is named', async () => {
    await client.imap('SELECT INBOX')
    await client.imap('UID STORE 1:2 +FLAGS.SILENT (\\Deleted)')
    expect(await client.imap('UID EXPUNGE 2:3')).toEqual(['* 2 EXPUNGE', 'OK EXPUNGE completed.'])
    expect(await client.imap('EXPUNGE')).toEqual(['* 1 EXPUNGE', 'OK EXPUNGE completed.'])
    await client.imap('UID STORE 3 +FLAGS.SILENT (\\Deleted)')
    await client.imap('UNSELECT')
    expect((await inFolder('inbox')).length).toBe(1)
    await client.imap('SELECT INBOX')
    expect(await client.imap('CLOSE')).toEqual(['OK CLOSE completed.'])
    expect((await inFolder('inbox')).length).toBe(0)
  })
})

describe('APPEND', () => {
  it('takes a literal of either kind, with flags and a date', async () => {
    const raw = 'Subject: copy\r\nFrom: approvals@contoso.example\r\n\r\nkept\r\n'
    client.send(`x1 APPEND "Sent Items" (\\Seen) " 1-Feb-2026 09:30:00 +0100" {${raw.length}}\r\n`)
    expect(await client.read()).toMatch(/^\+ /)
    client.send(`${raw}\r\n`)
    expect(await client.read()).toMatch(/^x1 OK \[APPENDUID \d+ 1\] APPEND completed\.$/)
    client.send(`x2 APPEND Drafts (\\Draft) {${raw.length}+}\r\n${raw}\r\n`)
    expect(await client.read()).toMatch(/^x2 OK \[APPENDUID \d+ 1\] APPEND completed\.$/)
    expect(await inFolder('Sent Items')).toMatchObject([
      { subject: 'copy', isRead: true, receivedAt: '2026-02-01T08:30:00.000Z' },
    ])
    await client.imap('SELECT Drafts')
    expect((await client.imap('FETCH 1 FLAGS'))[0]).toBe('* 1 FETCH (FLAGS (\\Draft \\Recent))')
  })

  it('refuses a message that is too large before it comes', async () => {
    client.send('x1 APPEND Drafts {40000000}\r\n')
    expect(await client.read()).toMatch(/^x1 NO /)
    expect(last(await client.imap('NOOP'))).toBe('OK NOOP completed.')
  })
})

describe('SEARCH', () => {
  const search = async (keys: string) => (await client.imap(`UID SEARCH ${keys}`))[0]
  it.each([
    ['ALL', '1 2 3'],
    ['UID 2:*', '2 3'],
    ['2', '2'],
    ['NOT UID 2', '1 3'],
    ['OR UID 1 UID 3', '1 3'],
    ['(UID 1:2) UNSEEN', '1 2'],
    ['SEEN', ''],
    ['SINCE 1-Jan-2020 BEFORE 1-Jan-2090', '1 2 3'],
    ['BEFORE 1-Jan-2020', ''],
    ['FROM nadia SUBJECT "message"', '1 2 3'],
    ['HEADER Subject ""', '1 2 3'],
    ['CHARSET UTF-8 TO Approvals@', '1 2 3'],
    ['LARGER 10 SMALLER 100000 NOT DELETED', '1 2 3'],
    ['UID 7', ''],
  ])('%s', async (keys, found) => {
    await client.imap('SELECT INBOX')
    expect(await search(keys)).toBe(['* SEARCH', found].filter(Boolean).join(' '))
  })

  it('finds a message by its Message-ID, and words beyond ASCII in an encoded subject', async () => {
    await deliver(
      'Message-ID: <x@y>\r\nFrom: a@contoso.example\r\nSubject: =?utf-8?Q?Approuv=C3=A9?=\r\n\r\n',
    )
    await client.imap('SELECT INBOX')
    expect(await search('HEADER Message-ID <x@y>')).toBe('* SEARCH 4')
    const word = Buffer.from('APPROUVÉ')
    client.send(
      Buffer.concat([
        Buffer.from(`s1 SEARCH CHARSET UTF-8 SUBJECT {${word.length}+}\r\n`),
        word,
        Buffer.from('\r\n'),
      ]),
    )
    expect(await client.readUntil((line) => line.startsWith('s1 '))).toEqual([
      '* SEARCH 4',
      's1 OK SEARCH completed.',
    ])
  })

  it.each([
    ['CHARSET KOI8-R ALL', /^NO \[BADCHARSET /],
    ['WHATEVER', /^BAD /],
    ['SINCE yesterday', /^BAD /],
    ['OR SEEN', /^BAD /],
    ['', /^BAD /],
    ['RETURN (MIN) ALL', /^BAD /],
    [`${'NOT '.repeat(2000)}ALL`, /^BAD /],
  ])('refuses %s', async (keys, answer) => {
    await client.imap('SELECT INBOX')
    expect(last(await client.imap(`SEARCH ${keys}`))).toMatch(answer)
  })
})
