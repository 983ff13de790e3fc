import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { deliverMail } from './support/deliver-mail.ts'
import { control } from './support/ews-client.ts'
import { openLines } from './support/line-client.ts'
import { approvals, openImap } from './support/mail-client.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(() => deliverMail(simulator))
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const lay = (operation: string, answer: unknown) =>
  control(simulator, 'POST', '/faults', { operation, times: 1, answer })
const total = async (name: string) => {
  const folders = await control<{ name: string; total: number }[]>(
    simulator,
    'GET',
    `/mailboxes/${approvals}/folders`,
  )
  return folders.find((folder) => folder.name === name)?.total
}

describe('a fault laid for a command', () => {
  it('answers in its place, with nothing done', async () => {
    await lay('IMAP UID MOVE', { reply: 'NO Server Unavailable. 15' })
    const client = await openImap(simulator)
    expect(await client.imap('UID MOVE 1 Drafts')).toEqual(['NO Server Unavailable. 15'])
    expect(await total('Inbox')).toBe(1)
    expect((await client.imap('UID MOVE 1 Drafts')).at(-1)).toBe('OK MOVE completed.')
    client.close()
  })

  it('says goodbye', async () => {
    await lay('IMAP NOOP', { reply: 'BYE Server shutting down.' })
    const client = await openImap(simulator)
    client.send('x NOOP\r\n')
    expect([await client.read(), await client.read()]).toEqual(['* BYE Server shutting down.', null])
  })

  it.each([
    ['cut', 1],
    ['cutAfter', 0],
  ])('ends the connection without a word: %s', async (answer, left) => {
    await lay('IMAP UID MOVE', answer)
    const client = await openImap(simulator)
    expect(await client.imap('UID MOVE 1 Drafts')).toEqual([])
    expect(await total('Inbox')).toBe(left)
  })

  it('ends the connection when the client has done idling', async () => {
    await lay('IMAP IDLE', 'cutAfter')
    const client = await openImap(simulator)
    expect(await client.imap('IDLE')).toEqual(['+ IDLE accepted, awaiting DONE command.'])
    client.send('DONE\r\n')
    expect(await client.read()).toBeNull()
  })

  it('ends the connection in the midst of a message', async () => {
    await lay('IMAP UID FETCH', { cutAfterBytes: 200, chunkBytes: 7 })
    const client = await openImap(simulator)
    const lines = await client.imap('UID FETCH 1 (BODY.PEEK[])')
    expect(lines[0]).toMatch(/^\* 1 FETCH \(UID 1 BODY\[\] \{\d+\}$/)
    expect(lines.join('\r\n').length).toBeLessThanOrEqual(200)
    expect(await client.read()).toBeNull()
  })

  it('keeps a client from the greeting', async () => {
    await lay('IMAP CONNECT', { reply: 'BYE Connection refused' })
    const client = await openLines(simulator, simulator.imapsUrl)
    expect([await client.read(), await client.read()]).toEqual(['* BYE Connection refused', null])
  })

  it('is refused for what is no command, and with the error of another protocol', async () => {
    await expect(lay('IMAP FETCHES', 'cut')).rejects.toThrow('"operation"')
    await expect(lay('IMAP FETCH', { code: 'ErrorServerBusy' })).rejects.toThrow(
      'give IMAP and SMTP an "reply"',
    )
    await expect(lay('GetItem', { reply: 'NO' })).rejects.toThrow('"reply" is an error of IMAP and SMTP')
    await expect(lay('IMAP FETCH', { reply: 'NO\r\n* BYE' })).rejects.toThrow('does not fit')
  })
})

it('calls are counted by command, with what they were about', async () => {
  const client = await openImap(simulator)
  await control(simulator, 'DELETE', '/calls')
  const lines = await client.imap('UID FETCH 1 FLAGS')
  await client.imap('NONSENSE')
  const calls = await control<object[]>(simulator, 'GET', '/calls')
  expect(calls).toEqual([
    expect.objectContaining({ operation: 'IMAP UID FETCH', count: 1, units: 1, items: 1, requestBytes: 22 }),
    expect.objectContaining({ operation: 'IMAP Unreadable', count: 1 }),
  ])
  expect(calls[0]).toMatchObject({ bytes: `${lines.join('\r\n')}a3 \r\n`.length })
  client.close()
})

describe('what no client should send', () => {
  const BAD = /^\S+ BAD /
  it.each([
    ['no tag', 'NOOP\r\n', /^\* BAD /],
    ['nothing', '\r\n', /^\* BAD /],
    ['a NUL', 'x NO\0OP\r\n', /BAD /],
    ['an open quotation', 'x SELECT "INBOX\r\n', BAD],
    ['lists without end', `x UID FETCH 1 ${'('.repeat(5000)}\r\n`, BAD],
    ['octets beyond ASCII', 'x SELECT \xe9\r\n', BAD],
    ['a number that is none', 'x UID FETCH 99999999999 FLAGS\r\n', BAD],
    ['message 0', 'x FETCH 0 FLAGS\r\n', BAD],
    ['a section that is none', 'x UID FETCH 1 BODY[HEADERS]\r\n', BAD],
    ['a set without end', `x UID FETCH ${'1,'.repeat(20_000)}1 FLAGS\r\n`, BAD],
    ['an unknown member of an object', 'x UID FETCH 1 constructor\r\n', BAD],
    ['an unknown command of an object', 'x toString\r\n', BAD],
    ['a literal too large', 'x SELECT {70000}\r\n', /^x NO /],
  ])('%s is refused, and the connection goes on', async (_, text, answer) => {
    const client = await openImap(simulator)
    client.send(Buffer.from(text, 'latin1'))
    expect(await client.read()).toMatch(answer)
    expect((await client.imap('NOOP')).at(-1)).toBe('OK NOOP completed.')
    client.close()
  })

  it.each([
    ['a line without end', Buffer.alloc(100_000, 'a')],
    ['a literal too large that comes unasked', Buffer.from('x SELECT {70000+}\r\n')],
  ])('%s ends the connection', async (_, octets) => {
    const client = await openImap(simulator)
    client.send(octets)
    expect((await client.readUntil(() => false)).length).toBe(1)
  })
})
