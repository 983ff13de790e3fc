import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { accessToken, app, control } from './support/ews-client.ts'
import { type LineClient, openLines, xoauth2 } from './support/line-client.ts'
import { approvals, openSmtp } from './support/mail-client.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const nadia = 'nadia.belkacem@contoso.example'
const raw = (fields = '') =>
  `From: ${approvals}\r\nTo: ${nadia}\r\nSubject: sent\r\nMessage-ID: <m1@contoso.example>\r\n${fields}\r\nHello\r\n`
const inFolder = (address: string, name: string) =>
  control<{ id: string; internetMessageId: string }[]>(
    simulator,
    'GET',
    `/mailboxes/${address}/folders/${name}/messages`,
  )
const rawIn = async (address: string, name: string) => {
  const [message] = await inFolder(address, name)
  const url = `${simulator.http}/_sim/mailboxes/${address}/folders/${name}/messages/${encodeURIComponent(message?.id ?? '')}`
  return (await fetch(url)).text()
}
async function sendMail(client: LineClient, message = raw(), recipients = [nadia]): Promise<string> {
  await client.smtp(`MAIL FROM:<${approvals}>`)
  for (const recipient of recipients) await client.smtp(`RCPT TO:<${recipient}>`)
  const [go] = await client.smtp('DATA')
  if (!go?.startsWith('354')) return go ?? ''
  const [reply] = await client.smtp(`${message}.`)
  return reply ?? ''
}
const setApp = (settings: object) =>
  control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, ...settings }] })
async function login(response?: string): Promise<string | undefined> {
  const client = await openSmtp(simulator, { isLoggedIn: false })
  const given = response ?? xoauth2(approvals, await accessToken(simulator))
  const [reply] = await client.smtp(`AUTH XOAUTH2 ${given}`)
  client.close()
  return reply
}

describe('the way in', () => {
  it('is under TLS from the first octet, or by STARTTLS, without which nobody is let in', async () => {
    const client = await openLines(simulator, simulator.smtpUrl)
    expect(await client.read()).toMatch(/^220 \S+ Microsoft ESMTP MAIL Service ready at /)
    const plain = await client.smtp('EHLO client.example')
    expect(plain).toContain('250-STARTTLS')
    expect(plain.join()).not.toContain('AUTH')
    expect(await client.smtp(`AUTH XOAUTH2 ${xoauth2(approvals, 'x')}`)).toEqual([
      '451 5.7.3 STARTTLS is required to send mail',
    ])
    expect(await client.smtp(`MAIL FROM:<${approvals}>`)).toEqual([
      '451 5.7.3 STARTTLS is required to send mail',
    ])
    // What comes before the handshake must not count after it.
    client.send('STARTTLS\r\nNOOP\r\n')
    expect(await client.read()).toMatch(/^220 /)
    await client.secure()
    expect(await client.smtp('EHLO client.example')).toContain('250-AUTH LOGIN XOAUTH2')
    expect((await client.smtp(`AUTH XOAUTH2 ${xoauth2(approvals, await accessToken(simulator))}`))[0]).toBe(
      '235 2.7.0 Authentication successful',
    )
    client.close()
  })

  it('takes the response in a line of its own too', async () => {
    const client = await openSmtp(simulator, { isLoggedIn: false })
    expect(await client.smtp('AUTH XOAUTH2')).toEqual(['334 '])
    expect(await client.smtp(xoauth2(approvals, await accessToken(simulator)))).toEqual([
      '235 2.7.0 Authentication successful',
    ])
    client.close()
  })

  it('is shut to passwords', async () => {
    const client = await openSmtp(simulator, { isLoggedIn: false })
    expect(await client.smtp('AUTH LOGIN')).toEqual(['334 VXNlcm5hbWU6'])
    expect(await client.smtp('YQ==')).toEqual(['334 UGFzc3dvcmQ6'])
    expect((await client.smtp('Yg=='))[0]).toMatch(/^550 5\.7\.30 Basic authentication is not supported/)
    expect((await client.smtp('AUTH PLAIN AGEAYg=='))[0]).toMatch(/^504 /)
    expect((await client.smtp('MAIL FROM:<a@b>'))[0]).toMatch(/^530 5\.7\.57 /)
    client.close()
  })

  it.each([
    ['no base64', 'user=x', /^501 /],
    ['called off', '*', /^501 /],
    ['a foreign token', xoauth2(approvals, 'a.b.c'), /^535 5\.7\.3 Authentication unsuccessful \[/],
  ])('is shut: %s', async (_, response, reply) => {
    expect(await login(response)).toMatch(reply)
  })

  it('wants the permission, with the full access that Exchange looks for beside it', async () => {
    expect(await login()).toMatch(/^235 /)
    await setApp({ fullAccess: [nadia] })
    expect(await login()).toMatch(/^535 5\.7\.3 /)
    await setApp({ fullAccess: null, isKnownToExchange: false })
    expect(await login()).toMatch(/^535 5\.7\.3 /)
    await setApp({ isKnownToExchange: true, roles: ['IMAP.AccessAsApp'] })
    expect(await login()).toMatch(/^535 5\.7\.3 /)
  })

  it('is open by the RBAC role for the mailboxes in its scope, without the permission', async () => {
    await setApp({ roles: [], isKnownToExchange: false, rbacSmtp: [approvals.toUpperCase()] })
    expect(await login()).toMatch(/^235 /)
    expect(await login(xoauth2(nadia, await accessToken(simulator)))).toMatch(/^535 5\.7\.3 /)
  })

  it('is shut by SMTP AUTH switched off, for the organisation or for one mailbox', async () => {
    await control(simulator, 'POST', '/tenant', { smtpAuthDisabled: true })
    expect(await login()).toMatch(
      /^535 5\.7\.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant\. Visit https:\/\/aka\.ms\/smtp_auth_disabled /,
    )
    await control(simulator, 'POST', `/mailboxes/${approvals}`, { smtpAuthDisabled: false })
    expect(await login()).toMatch(/^235 /)
    await control(simulator, 'POST', `/mailboxes/${approvals}`, { smtpAuthDisabled: true })
    expect(await login()).toMatch(/^535 5\.7\.139 .* for the Mailbox\. /)
  })

  it('has room for three connections of a mailbox', async () => {
    const clients = [await openSmtp(simulator), await openSmtp(simulator), await openSmtp(simulator)]
    expect(await login()).toMatch(/^432 4\.3\.2 Concurrent connections limit exceeded\./)
    await clients[0]?.smtp('QUIT')
    expect(await clients[0]?.read()).toBeNull()
    expect(await login()).toMatch(/^235 /)
    for (const client of clients) client.close()
  })
})

describe('a message', () => {
  it('is delivered as mail of the organisation, and its copy stays in Sent Items under its Message-ID', async () => {
    const client = await openSmtp(simulator)
    expect(await sendMail(client)).toMatch(/^250 2\.0\.0 OK <m1@contoso\.example> \[Hostname=/)
    expect(await inFolder(approvals, 'sentitems')).toMatchObject([
      { internetMessageId: '<m1@contoso.example>' },
    ])
    expect(await rawIn(nadia, 'inbox')).toContain('X-MS-Exchange-Organization-AuthAs: Internal')
    client.close()
  })

  it('gets the Message-ID that it lacks, and the reply names it', async () => {
    const client = await openSmtp(simulator)
    const reply = await sendMail(client, raw().replace(/Message-ID: .*\r\n/, ''))
    const [copy] = await inFolder(approvals, 'sentitems')
    expect(copy?.internetMessageId).toMatch(/^<.+@contoso\.example>$/)
    expect(reply).toContain(`250 2.0.0 OK ${copy?.internetMessageId} `)
    client.close()
  })

  it('keeps its octets: dots at the start of a line, and lines without an end of their own', async () => {
    const client = await openSmtp(simulator)
    const body = 'one\r\n..two\r\nbare\nline\n.\nend\r\n'
    expect(await sendMail(client, raw('X-A: 1\r\n').replace('Hello\r\n', body))).toMatch(/^250 /)
    expect(await rawIn(nadia, 'inbox')).toContain(body.replace('..two', '.two'))
    client.close()
  })

  it('goes to the envelope’s recipients, and who is unknown comes back as a report', async () => {
    const client = await openSmtp(simulator)
    const thomas = 'thomas.berger@contoso.example'
    expect(await sendMail(client, raw(), [thomas, 'nobody@contoso.example'])).toMatch(/^250 /)
    expect([(await inFolder(thomas, 'inbox')).length, (await inFolder(nadia, 'inbox')).length]).toEqual([
      1, 0,
    ])
    expect(await rawIn(approvals, 'inbox')).toContain('Final-Recipient: rfc822;nobody@contoso.example')
    client.close()
  })

  it('comes in chunks too', async () => {
    const client = await openSmtp(simulator)
    await client.smtp(`MAIL FROM:<${approvals}> SIZE=100 BODY=8BITMIME`)
    await client.smtp(`RCPT TO:<${nadia}>`)
    client.send(`BDAT 5\r\n${raw().slice(0, 5)}`)
    expect(await client.read()).toMatch(/^250 2\.6\.0 CHUNK received OK, 5 octets/)
    client.send(`BDAT ${raw().length - 5} LAST\r\n${raw().slice(5)}`)
    expect(await client.read()).toMatch(/^250 2\.0\.0 OK /)
    expect((await inFolder(nadia, 'inbox')).length).toBe(1)
    client.close()
  })

  it('waits in the Outbox beyond 30 a minute', async () => {
    const client = await openSmtp(simulator)
    for (let count = 0; count < 31; count += 1) expect(await sendMail(client)).toMatch(/^250 /)
    expect((await inFolder(approvals, 'outbox')).length).toBe(1)
    await control(simulator, 'POST', '/clock', { advanceMs: 60_000 })
    expect((await inFolder(nadia, 'inbox')).length).toBe(31)
    client.close()
  })

  it('is refused beyond the recipients of a day, and taken the day after', async () => {
    await control(simulator, 'POST', '/tenant', { recipientRateLimit: 2 })
    const client = await openSmtp(simulator)
    expect(await sendMail(client, raw(), [nadia, approvals])).toMatch(/^250 /)
    expect(await sendMail(client)).toMatch(/^554 5\.2\.0 STOREDRV\.Submission/)
    client.close()
    await control(simulator, 'POST', '/clock', { advanceMs: 86_400_001 })
    const later = await openSmtp(simulator)
    expect(await sendMail(later)).toMatch(/^250 /)
    later.close()
  })

  it('is refused for a full mailbox, and by a full one', async () => {
    await control(simulator, 'POST', `/mailboxes/${nadia}`, { isFull: true })
    const client = await openSmtp(simulator)
    expect(await sendMail(client)).toMatch(/^250 /)
    expect(await rawIn(approvals, 'inbox')).toContain('Status: 5.2.2')
    await control(simulator, 'POST', `/mailboxes/${approvals}`, { isFull: true })
    expect(await sendMail(client)).toMatch(
      /^554 5\.2\.2 mailbox full; STOREDRV\.Submission\.Exception:QuotaExceededException/,
    )
    client.close()
  })

  it('is refused from anybody else', async () => {
    const client = await openSmtp(simulator)
    expect(await client.smtp(`MAIL FROM:<${nadia}>`)).toEqual([
      '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
    ])
    expect(await sendMail(client, raw().replace(approvals, nadia))).toMatch(/^554 5\.2\.252 SendAsDenied/)
    expect((await client.smtp(`MAIL FROM:<${approvals}> SIZE=99999999`))[0]).toMatch(/^552 5\.3\.4 /)
    client.close()
  })

  it.each([
    ['RCPT TO:<a@b>', /^503 /],
    ['DATA', /^503 /],
    ['MAIL TO:<a@b>', /^501 /],
    ['MAIL FROM:approvals@contoso.example', /^501 /],
    ['BDAT x', /^501 /],
    ['VRFY x', /^500 /],
    ['EHLO', /^501 /],
    ['AUTH XOAUTH2 x', /^503 /],
  ])('is not begun by %s', async (command, reply) => {
    const client = await openSmtp(simulator)
    expect((await client.smtp(command))[0]).toMatch(reply)
    expect((await client.smtp('NOOP'))[0]).toMatch(/^250 /)
    client.close()
  })
})

describe('a fault', () => {
  const lay = (operation: string, answer: unknown) =>
    control(simulator, 'POST', '/faults', { operation, times: 1, answer })

  it('cuts the connection when the message is on its way, and nobody knows', async () => {
    await lay('SMTP DATA', 'cutAfter')
    expect(await sendMail(await openSmtp(simulator))).toBe('')
    expect((await inFolder(nadia, 'inbox')).length).toBe(1)
  })

  it('answers in place of the server', async () => {
    await lay('SMTP RCPT', { reply: '450 4.7.1 Try again' })
    const client = await openSmtp(simulator)
    await client.smtp(`MAIL FROM:<${approvals}>`)
    expect(await client.smtp(`RCPT TO:<${nadia}>`)).toEqual(['450 4.7.1 Try again'])
    await lay('SMTP NOOP', { reply: '421 4.3.2 Service not available' })
    expect(await client.smtp('NOOP')).toEqual(['421 4.3.2 Service not available'])
    expect(await client.read()).toBeNull()
  })

  it('keeps a client from the greeting', async () => {
    await lay('SMTP CONNECT', { reply: '421 4.3.2 Too busy' })
    const client = await openLines(simulator, simulator.smtpsUrl)
    expect([await client.read(), await client.read()]).toEqual(['421 4.3.2 Too busy', null])
  })
})

it('calls are counted by command', async () => {
  const client = await openSmtp(simulator)
  await control(simulator, 'DELETE', '/calls')
  await sendMail(client, raw(), [nadia, approvals])
  const calls = await control<{ operation: string; count: number; items: number }[]>(
    simulator,
    'GET',
    '/calls',
  )
  expect(calls.map(({ operation, count, items }) => [operation, count, items])).toEqual([
    ['SMTP MAIL', 1, 0],
    ['SMTP RCPT', 2, 2],
    ['SMTP DATA', 1, 0],
  ])
  client.close()
})
