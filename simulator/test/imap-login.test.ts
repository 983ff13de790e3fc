import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { accessToken, app, control, token } from './support/ews-client.ts'
import { graphToken } from './support/graph-client.ts'
import { openLines, xoauth2 } from './support/line-client.ts'
import { approvals, openImap } from './support/mail-client.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const connect = async (url = simulator.imapsUrl) => {
  const client = await openLines(simulator, url)
  return { client, greeting: await client.read() }
}
const authenticate = async (response: string) => {
  const { client } = await connect()
  const answer = await client.imap(`AUTHENTICATE XOAUTH2 ${response}`)
  const next = answer.at(-1)?.startsWith('OK') ? await client.imap('SELECT INBOX') : ['']
  client.close()
  return [answer.at(-1), next.at(-1)]
}
const enter = async (user = approvals) => authenticate(xoauth2(user, await accessToken(simulator)))
const setApp = (settings: object) =>
  control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, ...settings }] })

const IN = ['OK AUTHENTICATE completed.', 'OK [READ-WRITE] SELECT completed.']
const FAILED = ['NO AUTHENTICATE failed.', '']
const NOT_CONNECTED = ['OK AUTHENTICATE completed.', 'BAD User is authenticated but not connected.']

describe('the greeting and the capabilities', () => {
  it('are those of Exchange Online, before and after the login', async () => {
    const { client, greeting } = await connect()
    expect(greeting).toMatch(/^\* OK The Microsoft Exchange IMAP4 service is ready\. \[[A-Za-z0-9+/=]+\]$/)
    expect(await client.imap('CAPABILITY')).toEqual([
      '* CAPABILITY IMAP4 IMAP4rev1 AUTH=XOAUTH2 LOGINDISABLED SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+',
      'OK CAPABILITY completed.',
    ])
    await client.imap(`AUTHENTICATE XOAUTH2 ${xoauth2(approvals, await accessToken(simulator))}`)
    expect(await client.imap('CAPABILITY')).toEqual([
      '* CAPABILITY IMAP4 IMAP4rev1 AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+',
      'OK CAPABILITY completed.',
    ])
    expect(await client.imap('NAMESPACE')).toEqual([
      '* NAMESPACE (("" "/")) NIL NIL',
      'OK NAMESPACE completed.',
    ])
    expect((await client.imap('LOGOUT'))[0]).toMatch(/^\* BYE /)
    expect(await client.read()).toBeNull()
  })

  it('offer STARTTLS on the plain port, and keep it to the time before', async () => {
    const { client } = await connect(simulator.imapUrl)
    expect((await client.imap('CAPABILITY'))[0]).toMatch(/ STARTTLS$/)
    // What comes before the handshake must not count after it.
    client.send('x STARTTLS\r\nx2 CAPABILITY\r\n')
    expect(await client.read()).toBe('x OK Begin TLS negotiation now.')
    await client.secure()
    expect((await client.imap('CAPABILITY'))[0]).not.toContain('STARTTLS')
    expect((await client.imap('STARTTLS')).at(-1)).toBe('BAD Command received in Invalid state.')
    client.close()
  })
})

describe('a login', () => {
  it('comes in one line or in two', async () => {
    const response = xoauth2(approvals, await accessToken(simulator))
    expect(await authenticate(response)).toEqual(IN)
    const { client } = await connect()
    expect(await client.imap('AUTHENTICATE XOAUTH2')).toEqual(['+ '])
    client.send(`${response}\r\n`)
    expect(await client.read()).toMatch(/ OK AUTHENTICATE completed\.$/)
    expect((await client.imap('AUTHENTICATE XOAUTH2')).at(-1)).toBe('BAD Command received in Invalid state.')
    client.close()
  })

  it.each([
    ['no base64', 'user=x', 'BAD Command Argument Error. 11'],
    ['the client calls it off', '*', 'BAD Command Argument Error. 11'],
    ['no token', Buffer.from('user=x\u0001\u0001').toString('base64'), 'NO AUTHENTICATE failed.'],
    ['a foreign token', xoauth2(approvals, 'a.b.c'), 'NO AUTHENTICATE failed.'],
  ])('is refused: %s', async (_, response, answer) => {
    expect(await authenticate(response)).toEqual([answer, ''])
  })

  it('knows no password and no other mechanism', async () => {
    const { client } = await connect()
    expect((await client.imap('LOGIN approvals@contoso.example "secret"')).at(-1)).toBe('NO LOGIN failed.')
    expect((await client.imap('AUTHENTICATE PLAIN AGEAYg==')).at(-1)).toBe('NO AUTHENTICATE failed.')
    expect((await client.imap('SELECT INBOX')).at(-1)).toBe('BAD Command received in Invalid state.')
    client.close()
  })

  it('wants the mailbox to be of the token’s organisation', async () => {
    expect(await enter('anna.novak@fabrikam.example')).toEqual(FAILED)
    expect(await enter('nobody@contoso.example')).toEqual(FAILED)
  })

  it('wants a token for Exchange that has not ended', async () => {
    expect(await authenticate(xoauth2(approvals, await graphToken(simulator)))).toEqual(FAILED)
    const old = xoauth2(approvals, await accessToken(simulator))
    await control(simulator, 'POST', '/clock', { advanceMs: 3_600_000 })
    expect(await authenticate(old)).toEqual(FAILED)
  })

  it('wants the permission for IMAP, whatever else the app may do', async () => {
    await setApp({ roles: ['full_access_as_app', 'SMTP.SendAsApp'] })
    expect(await enter()).toEqual(FAILED)
  })
})

describe('a login that leads to nothing', () => {
  it('is that of an app which Exchange does not know', async () => {
    await setApp({ isKnownToExchange: false })
    expect(await enter()).toEqual(NOT_CONNECTED)
  })

  it('is that to a mailbox without full access', async () => {
    await setApp({ fullAccess: [approvals.toUpperCase()] })
    expect(await enter()).toEqual(IN)
    expect(await enter('nadia.belkacem@contoso.example')).toEqual(NOT_CONNECTED)
  })

  it('is that to a mailbox with IMAP switched off', async () => {
    await control(simulator, 'POST', `/mailboxes/${approvals}`, { imapEnabled: false })
    expect(await enter()).toEqual(NOT_CONNECTED)
  })

  it('is one connection too many, until another ends', async () => {
    await control(simulator, 'POST', '/tenant', { imapConnections: 1 })
    const first = await openImap(simulator)
    expect(await enter()).toEqual(NOT_CONNECTED)
    expect(await enter('nadia.belkacem@contoso.example')).toEqual(IN)
    await first.imap('LOGOUT')
    expect(await first.read()).toBeNull()
    expect(await enter()).toEqual(IN)
  })

  it('lets the client ask for capabilities and go', async () => {
    await setApp({ isKnownToExchange: false })
    const client = await openImap(simulator, { folder: null })
    expect((await client.imap('CAPABILITY')).at(-1)).toBe('OK CAPABILITY completed.')
    expect((await client.imap('NOOP')).at(-1)).toBe('BAD User is authenticated but not connected.')
    expect((await client.imap('LOGOUT')).at(-1)).toBe('OK LOGOUT completed.')
  })
})

it('an application access policy keeps nobody from IMAP', async () => {
  await setApp({ mailboxes: [] })
  expect(await enter()).toEqual(IN)
})

it('a token of another cloud is no token here', async () => {
  const old = xoauth2(approvals, await accessToken(simulator))
  await control(simulator, 'POST', '/tenant', { cloud: 'gcc-high' })
  expect(await authenticate(old)).toEqual(FAILED)
  const answer = await token(simulator, { scope: 'https://outlook.office365.us/.default' })
  expect(await authenticate(xoauth2(approvals, JSON.parse(answer.body).access_token))).toEqual(IN)
})
