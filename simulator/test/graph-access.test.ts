import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { accessToken, control } from './support/ews-client.ts'
import {
  app,
  approvals,
  callGraph,
  elodie,
  errorOf,
  graphClient,
  graphToken,
  tenantId,
} from './support/graph-client.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const inboxOf = (mailbox: string) => `/users/${mailbox}/mailFolders/inbox`
const getWith = (authorization: string, path = inboxOf(approvals), headers = {}) =>
  callGraph(simulator, 'GET', path, { headers: { authorization, ...headers } })
const setApp = (settings: object) =>
  control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, ...settings }] })

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

describe('the token', () => {
  it('is for Graph, under its own name or that of the simulator', async () => {
    for (const resource of ['https://graph.microsoft.com', simulator.https]) {
      const token = await graphToken(simulator, `${resource}/.default`)
      expect(claimsOf(token)).toMatchObject({ aud: resource, roles: ['Mail.ReadWrite', 'Mail.Send'] })
      expect((await getWith(`Bearer ${token}`)).status).toBe(200)
    }
  })

  it.each([
    ['absent', () => '', 'Access token is empty.'],
    ['no JWT', () => 'Bearer nonsense', /^IDX14100/],
    [
      'signed by somebody else',
      async () => `Bearer ${(await graphToken(simulator)).slice(0, -4)}AAAA`,
      'Access token validation failure. Invalid signature.',
    ],
    [
      'for Exchange',
      async () => `Bearer ${await accessToken(simulator)}`,
      'Access token validation failure. Invalid audience.',
    ],
    [
      'over',
      async () => {
        const token = await graphToken(simulator)
        await control(simulator, 'POST', '/clock', { advanceMs: 3_600_000 })
        return `Bearer ${token}`
      },
      'Access token has expired or is not yet valid.',
    ],
  ])('is refused when it is %s', async (_, authorization, message) => {
    const answer = await getWith(await authorization())
    expect(errorOf(answer)).toEqual([401, 'InvalidAuthenticationToken'])
    expect(answer.json.error.message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    )
    expect(answer.headers['www-authenticate']).toContain('00000003-0000-0000-c000-000000000000')
  })
})

describe('permission', () => {
  it.each([
    [['Mail.Read'], [200, 403, 403]],
    [['Mail.ReadWrite'], [200, 201, 403]],
    [['Mail.Send'], [403, 403, 202]],
    [[], [403, 403, 403]],
  ])('comes from the roles %j', async (roles, statuses) => {
    await setApp({ roles })
    const { get, post } = await graphClient(simulator)
    const message = { toRecipients: [{ emailAddress: { address: elodie } }] }
    const answers = [
      await get('/mailFolders/inbox'),
      await post('/messages', { body: message }),
      await post('/sendMail', { body: { message } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual(statuses)
    for (const answer of answers.filter(({ status }) => status === 403)) {
      expect(answer.json.error).toMatchObject({
        code: 'ErrorAccessDenied',
        message: 'Access is denied. Check credentials and try again.',
      })
    }
  })

  it('comes from RBAC for Applications too, which no token shows', async () => {
    await setApp({ roles: [], rbacGraph: { 'Mail.Read': [approvals.toUpperCase()] } })
    const token = await graphToken(simulator)
    expect(claimsOf(token)).not.toHaveProperty('roles')
    expect((await getWith(`Bearer ${token}`)).status).toBe(200)
    expect(errorOf(await getWith(`Bearer ${token}`, inboxOf(elodie)))).toEqual([403, 'ErrorAccessDenied'])
  })

  it('ends at the application access policy, which RBAC goes round', async () => {
    await setApp({ mailboxes: [approvals] })
    const authorization = `Bearer ${await graphToken(simulator)}`
    expect((await getWith(authorization)).status).toBe(200)
    const refused = await getWith(authorization, inboxOf(elodie))
    expect(refused.status).toBe(403)
    expect(refused.json.error).toMatchObject({
      code: 'ErrorAccessDenied',
      message:
        'Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.',
    })
    await setApp({ rbacGraph: { 'Mail.ReadWrite': [elodie] } })
    expect((await getWith(authorization, inboxOf(elodie))).status).toBe(200)
  })

  it('ends at the list of user agents', async () => {
    await control(simulator, 'POST', '/tenant', {
      userAgentPolicy: { mode: 'EnforceAllowList', patterns: ['Sample/*'] },
    })
    const authorization = `Bearer ${await graphToken(simulator)}`
    expect((await getWith(authorization, undefined, { 'user-agent': 'Sample/1.0' })).status).toBe(200)
    expect((await getWith(authorization, undefined, { 'user-agent': 'Other/1.0' })).status).toBe(403)
  })
})

describe('the user of a path', () => {
  it('is named by address, by alias or by object id', async () => {
    const alias = 'purchasing@contoso.example'
    const { id } = await control<{ id: string }>(simulator, 'POST', '/mailboxes', {
      address: 'shop@contoso.example',
      aliases: [alias],
    })
    const { call } = await graphClient(simulator)
    for (const name of ['shop@contoso.example', alias, id, `${id.toUpperCase()}`]) {
      expect((await call('GET', inboxOf(name))).status).toBe(200)
    }
    expect((await call('GET', `/users('${id}')/mailFolders('inbox')`)).status).toBe(200)
  })

  it('is a user of the organisation', async () => {
    const { call } = await graphClient(simulator)
    for (const name of ['nobody@contoso.example', 'anna.novak@fabrikam.example', tenantId]) {
      expect(errorOf(await call('GET', inboxOf(name)))).toEqual([404, 'ErrorInvalidUser'])
    }
  })

  it('is never oneself for an app', async () => {
    const { call } = await graphClient(simulator)
    expect(errorOf(await call('GET', '/me/messages'))).toEqual([400, 'BadRequest'])
  })
})

describe('an answer', () => {
  it('names the request, and an error says when', async () => {
    const { get, call } = await graphClient(simulator)
    const headers = { 'client-request-id': '7d0a9a3c-66e2-4b1a-a1a5-1a2b3c4d5e6f' }
    const good = await get('/mailFolders/inbox', { headers })
    expect(good.headers['client-request-id']).toBe(headers['client-request-id'])
    const { json, status } = await call('GET', '/groups', { headers })
    expect([status, json.error.code]).toEqual([501, 'NotSimulated'])
    expect(json.error.innerError).toEqual({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'client-request-id': headers['client-request-id'],
    })
  })

  it('comes compressed to who takes it so', async () => {
    const { get } = await graphClient(simulator)
    const { headers, json } = await get('/mailFolders/inbox', { headers: { 'accept-encoding': 'gzip' } })
    expect(headers['content-encoding']).toBe('gzip')
    expect(json.displayName).toBe('Inbox')
  })

  it('tells what of Prefer was applied', async () => {
    const { get } = await graphClient(simulator)
    const prefer = 'IdType="ImmutableId", outlook.body-content-type="text", something="else"'
    const { headers } = await get('/messages', { headers: { prefer } })
    expect(headers['preference-applied']).toBe('IdType="ImmutableId", outlook.body-content-type="text"')
  })
})
