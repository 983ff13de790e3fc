import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { deliverMail } from './support/deliver-mail.ts'
import { control, ewsClient } from './support/ews-client.ts'
import { itemIdList } from './support/ews-requests.ts'
import type { LineClient } from './support/line-client.ts'
import { approvals, openImap } from './support/mail-client.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const MINUTE = 60_000
const advance = (minutes: number) => control(simulator, 'POST', '/clock', { advanceMs: minutes * MINUTE })
const inbox = `/mailboxes/${approvals}/folders/inbox`

async function idle(client: LineClient) {
  client.send('i1 IDLE\r\n')
  expect(await client.read()).toBe('+ IDLE accepted, awaiting DONE command.')
}
/** Makes a message read over EWS, beside IMAP. */
async function readOverEws(id: string) {
  const change = `<t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:Message><t:IsRead>true</t:IsRead></t:Message></t:SetItemField>`
  const changes = `<t:ItemChange>${itemIdList([id]).replace(/<\/?m:ItemIds>/g, '')}<t:Updates>${change}</t:Updates></t:ItemChange>`
  await (await ewsClient(simulator)).call(
    `<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"><m:ItemChanges>${changes}</m:ItemChanges></m:UpdateItem>`,
  )
}

describe('IDLE', () => {
  it('tells at once what comes and goes, whoever did it', async () => {
    const first = await deliverMail(simulator)
    const client = await openImap(simulator)
    await idle(client)
    await deliverMail(simulator)
    expect([await client.read(), await client.read()]).toEqual(['* 2 EXISTS', '* 2 RECENT'])
    await readOverEws(first)
    expect(await client.read()).toBe('* 1 FETCH (UID 1 FLAGS (\\Seen \\Recent))')
    await control(simulator, 'DELETE', `${inbox}/messages/${encodeURIComponent(first)}`)
    expect(await client.read()).toBe('* 1 EXPUNGE')
    client.send('DONE\r\n')
    expect(await client.read()).toBe('i1 OK IDLE completed.')
    client.close()
  })

  it('tells what came before it began', async () => {
    const client = await openImap(simulator)
    await deliverMail(simulator)
    await idle(client)
    expect(await client.read()).toBe('* 1 EXISTS')
    client.close()
  })

  it('ends with the connection after 30 minutes, and by any other word than DONE', async () => {
    const client = await openImap(simulator)
    await idle(client)
    await advance(29)
    client.send('NOOP\r\n')
    expect(await client.read()).toBe('i1 BAD Command Error. 12')
    await idle(client)
    await advance(30)
    expect([await client.read(), await client.read()]).toEqual(['* BYE Connection is closed. 13', null])
  })
})

describe('numbers of messages', () => {
  it('stay while a client may be counting, whatever is gone', async () => {
    const first = await deliverMail(simulator)
    await deliverMail(simulator)
    const client = await openImap(simulator)
    await control(simulator, 'DELETE', `${inbox}/messages/${encodeURIComponent(first)}`)
    // The first message is gone, and nobody has said so: the second one is still number 2.
    expect(await client.imap('FETCH 1:2 UID')).toEqual(['* 2 FETCH (UID 2)', 'OK FETCH completed.'])
    expect(await client.imap('NOOP')).toEqual(['* 1 EXPUNGE', 'OK NOOP completed.'])
    expect((await client.imap('FETCH 1 UID'))[0]).toBe('* 1 FETCH (UID 2)')
    expect((await client.imap('FETCH 2 UID')).at(-1)).toBe('BAD The specified message set is invalid.')
    client.close()
  })

  it('are UIDs that no other message ever has', async () => {
    const ids = [await deliverMail(simulator), await deliverMail(simulator)]
    const client = await openImap(simulator)
    await client.imap('UID STORE 2 +FLAGS.SILENT (\\Deleted)')
    await client.imap('EXPUNGE')
    await deliverMail(simulator)
    expect(await client.imap('UID FETCH 1:* FLAGS')).toEqual([
      '* 1 FETCH (UID 1 FLAGS (\\Recent))',
      '* 2 EXISTS',
      '* 2 RECENT',
      'OK FETCH completed.',
    ])
    expect((await client.imap('UID FETCH 3 FLAGS'))[0]).toBe('* 2 FETCH (UID 3 FLAGS (\\Recent))')
    expect(ids.length).toBe(2)
    client.close()
  })
})

it('a folder that is numbered anew has another UIDVALIDITY, and its connections break', async () => {
  await deliverMail(simulator)
  const gone = await deliverMail(simulator)
  await control(simulator, 'DELETE', `${inbox}/messages/${encodeURIComponent(gone)}`)
  await deliverMail(simulator)
  const client = await openImap(simulator, { folder: null })
  const validityIn = (lines: string[]) => Number(/UIDVALIDITY (\d+)/.exec(lines.join('\n'))?.[1])
  const before = validityIn(await client.imap('SELECT INBOX'))
  const { uidValidity } = await control<{ uidValidity: number }>(simulator, 'DELETE', `${inbox}/uids`)
  expect(await client.read()).toBeNull()
  const again = await openImap(simulator, { folder: null })
  expect(validityIn(await again.imap('SELECT INBOX'))).toBe(uidValidity)
  expect(uidValidity).toBeGreaterThan(before)
  expect((await again.imap('UID SEARCH ALL'))[0]).toBe('* SEARCH 1 2')
  again.close()
})

it.each(['sessions', 'reset'])('the control API breaks connections: %s', async (way) => {
  const client = await openImap(simulator)
  if (way === 'reset') await control(simulator, 'POST', '/reset')
  else await control(simulator, 'DELETE', `/mailboxes/${approvals}/sessions`)
  expect(await client.read()).toBeNull()
})

it('a folder of 20,000 messages is selected, searched and followed', async () => {
  const { world } = simulator
  const mailbox = world().mailboxes.get(approvals)
  const { addItem, wellKnownFolder } = await import('../src/mail/mailbox.ts')
  if (!mailbox) throw new Error('no mailbox')
  const raw = Buffer.from('Subject: old\r\nFrom: a@b.example\r\n\r\nold\r\n')
  for (let count = 0; count < 20_000; count += 1) addItem(mailbox, wellKnownFolder(mailbox, 'inbox'), { raw })
  const client = await openImap(simulator)
  await deliverMail(simulator)
  expect((await client.imap('NOOP'))[0]).toBe('* 20001 EXISTS')
  expect((await client.imap('UID SEARCH UID 20001:* UNSEEN'))[0]).toBe('* SEARCH 20001')
  expect((await client.imap('UID FETCH 1:* (FLAGS)')).length).toBe(20_002)
  client.close()
})
