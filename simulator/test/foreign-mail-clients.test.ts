import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { deliverMail, lastNumber } from './support/deliver-mail.ts'
import { accessToken, app, control } from './support/ews-client.ts'
import { approvals } from './support/mail-client.ts'

/** Clients that nobody here wrote, as they are used everywhere. */

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

async function imapFlow(url: string): Promise<ImapFlow> {
  const { port, protocol } = new URL(url)
  return new ImapFlow({
    host: 'localhost',
    port: Number(port),
    secure: protocol === 'imaps:',
    tls: { ca: simulator.caPem },
    auth: { user: approvals, accessToken: await accessToken(simulator) },
    logger: false,
  })
}

async function transport(url: string, secure: boolean) {
  return createTransport({
    host: 'localhost',
    port: Number(new URL(url).port),
    secure,
    requireTLS: !secure,
    tls: { ca: simulator.caPem },
    auth: { type: 'OAuth2', user: approvals, accessToken: await accessToken(simulator) },
  })
}

describe('imapflow', () => {
  it.each(['imapsUrl', 'imapUrl'] as const)('works with a mailbox by %s', async (door) => {
    await deliverMail(simulator)
    await deliverMail(simulator)
    const client = await imapFlow(simulator[door])
    await client.connect()
    expect((await client.list()).map(({ path }) => path)).toContain('Sent Items')
    await client.mailboxCreate(['INBOX', 'Traités'])
    const lock = await client.getMailboxLock('INBOX')
    const messages = await client.fetchAll(
      '1:*',
      {
        uid: true,
        flags: true,
        envelope: true,
        bodyStructure: true,
        source: true,
        internalDate: true,
        size: true,
        headers: ['message-id'],
      },
      { uid: true },
    )
    expect(messages.map(({ uid, envelope }) => [uid, envelope?.messageId])).toEqual([
      [1, `<m${lastNumber() - 1}@contoso.example>`],
      [2, `<m${lastNumber()}@contoso.example>`],
    ])
    expect(messages[0]?.source?.length).toBe(messages[0]?.size)
    expect(
      await client.search({ header: { 'message-id': `<m${lastNumber()}@contoso.example>` } }, { uid: true }),
    ).toEqual([2])
    await client.messageFlagsAdd('2', ['\\Seen'], { uid: true })
    expect(await client.search({ seen: true }, { uid: true })).toEqual([2])
    const moved = await client.messageMove('1:2', 'INBOX/Traités', { uid: true })
    expect(moved && [...(moved.uidMap ?? [])]).toEqual([
      [1, 1],
      [2, 2],
    ])
    const appended = await client.append('Sent Items', 'Subject: x\r\n\r\nx\r\n', ['\\Seen'])
    expect(appended).toMatchObject({ uid: 1 })
    lock.release()
    expect(await client.status('INBOX/Traités', { messages: true, unseen: true })).toMatchObject({
      messages: 2,
      unseen: 1,
    })
    await client.logout()
  })

  it('is told of new mail while it idles', async () => {
    const client = await imapFlow(simulator.imapsUrl)
    await client.connect()
    await client.mailboxOpen('INBOX')
    const told = new Promise((resolve) => client.once('exists', resolve))
    void client.idle()
    await deliverMail(simulator)
    expect(await told).toMatchObject({ count: 1, prevCount: 0 })
    await client.logout()
  })

  it('learns that it is authenticated and not connected', async () => {
    await control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, isKnownToExchange: false }] })
    const client = await imapFlow(simulator.imapsUrl)
    client.on('error', () => {})
    // The library knows this half-failure of Exchange, and takes it for what it is.
    await expect(client.connect()).rejects.toMatchObject({
      authenticationFailed: true,
      response: expect.stringContaining('User is authenticated but not connected.'),
    })
    client.close()
  })
})

describe('nodemailer', () => {
  it.each([
    ['smtpUrl', false],
    ['smtpsUrl', true],
  ] as const)('sends by %s', async (door, secure) => {
    const client = await transport(simulator[door], secure)
    const sent = await client.sendMail({
      from: approvals,
      to: 'nadia.belkacem@contoso.example',
      subject: 'Approuvé',
      text: '.\r\n..\r\nBonjour',
      messageId: '<n1@contoso.example>',
    })
    expect(sent.response).toMatch(/^250 2\.0\.0 OK <n1@contoso\.example>/)
    const copies = await control(simulator, 'GET', `/mailboxes/${approvals}/folders/sentitems/messages`)
    expect(copies).toMatchObject([{ subject: 'Approuvé', internetMessageId: '<n1@contoso.example>' }])
    client.close()
  })

  it('learns why it is not let in', async () => {
    await control(simulator, 'POST', '/tenant', { smtpAuthDisabled: true })
    const client = await transport(simulator.smtpUrl, false)
    await expect(client.verify()).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 })
    client.close()
  })
})

const python = spawnSync('python3', ['--version'])
const hasPython = python.status === 0
if (!hasPython) console.warn('SKIPPED: no python3 here, so imaplib and smtplib have not been tried')

it.skipIf(!hasPython)('imaplib and smtplib of Python', async () => {
  const { caPem, imapsUrl, smtpUrl } = simulator
  const wish = { user: approvals, token: await accessToken(simulator), caPem, urls: { imapsUrl, smtpUrl } }
  const { stdout, stderr } = await run(
    'python3',
    [new URL('fixtures/mail-client.py', import.meta.url).pathname],
    wish,
  )
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual({
    refused: {},
    exists: '1',
    found: '1',
    text: '.dot\r\n',
    moved: 'OK',
    left: 'INBOX (MESSAGES 0)',
    appended: 'OK',
    error: 'AUTHENTICATE failed.',
  })
})

/** Beside this process, in which the simulator has to go on answering. */
async function run(command: string, args: string[], input: object) {
  const child = spawn(command, args)
  child.stdin.end(JSON.stringify(input))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { stdout, stderr }
}
