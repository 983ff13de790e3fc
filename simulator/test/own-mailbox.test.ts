import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { app, control, envelope, ewsClient, http, itemIds } from './support/ews-client.ts'
import { findItem, getItem, mail, syncFolderItems } from './support/ews-requests.ts'

const nadia = 'nadia.belkacem@contoso.example'
const thomas = 'thomas.berger@contoso.example'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const post = (authorization: string, operation = findItem({}), impersonated = '') =>
  http(
    simulator,
    'POST',
    simulator.ewsUrl,
    { authorization, 'content-type': 'text/xml; charset=utf-8', 'user-agent': 'Sample/1.0' },
    envelope(operation, impersonated),
  )
const faultCode = (body: string) => /<e:ResponseCode[^>]*>([^<]+)</.exec(body)?.[1]
const basic = (address: string, password: string) =>
  `Basic ${Buffer.from(`${address}:${password}`).toString('base64')}`

async function deliver(address: string) {
  const raw = mail({ From: 'anna.novak@fabrikam.example', To: address, Subject: 'x' })
  return (await control<{ id: string }>(simulator, 'POST', `/mailboxes/${address}/messages`, raw)).id
}

/** The two ways in, each with what it needs first. */
const ways = {
  'HTTP Basic': async (address: string) => {
    await control(simulator, 'POST', `/mailboxes/${address}`, { password: 'pässwörd: 1' })
    return basic(address, 'pässwörd: 1')
  },
  'a delegated token': async (address: string) => {
    const path = `/mailboxes/${address}/token`
    const { access_token } = await control<{ access_token: string }>(simulator, 'POST', path)
    return `Bearer ${access_token}`
  },
}

describe.each(Object.entries(ways))('a user by %s', (_, enter) => {
  it('sees the own mailbox without impersonation, and nobody else’s', async () => {
    const authorization = await enter(nadia)
    const [own, other] = [await deliver(nadia), await deliver(thomas)]
    expect(itemIds((await post(authorization)).body)).toEqual([own])
    expect((await post(authorization, getItem([other]))).body).toContain('ErrorItemNotFound')
    const foreign = `<t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>${thomas}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`
    expect((await post(authorization, findItem({ folder: foreign }))).body).toContain('ErrorAccessDenied')
  })

  it('may name the own mailbox for impersonation, and no other', async () => {
    const authorization = await enter(nadia)
    expect((await post(authorization, findItem({}), nadia)).status).toBe(200)
    expect(faultCode((await post(authorization, findItem({}), thomas)).body)).toBe(
      'ErrorImpersonateUserDenied',
    )
    const nobody = await post(authorization, findItem({}), 'nobody@contoso.example')
    expect(faultCode(nobody.body)).toBe('ErrorNonExistentMailbox')
  })

  it('stays outside when the licence has no EWS, or the organisation has switched it off', async () => {
    const authorization = await enter(nadia)
    const refusal = async () => {
      const { status, headers } = await post(authorization)
      return [status, headers['x-ews-policy-reason']]
    }
    const disabled = [403, 'EWS is disabled for this user or tenant']
    await control(simulator, 'POST', `/mailboxes/${nadia}`, { ewsEnabled: false })
    expect(await refusal()).toEqual(disabled)
    await control(simulator, 'POST', `/mailboxes/${nadia}`, { ewsEnabled: true })
    expect((await post(authorization)).status).toBe(200)
    await control(simulator, 'POST', '/tenant', { ewsEnabled: false })
    expect(await refusal()).toEqual(disabled)
    const policy = { mode: 'EnforceBlockList', patterns: ['Sample/*'] }
    await control(simulator, 'POST', '/tenant', { ewsEnabled: null, userAgentPolicy: policy })
    expect(await refusal()).toEqual([403, 'EWS is blocked by policy for this user or tenant'])
  })
})

describe('HTTP Basic', () => {
  it.each([
    ['no password', null, basic(nadia, '')],
    ['a wrong password', 'right', basic(nadia, 'wrong')],
    ['another’s password', 'right', basic(thomas, 'right')],
    ['a mailbox outside', 'right', basic('anna.novak@fabrikam.example', 'right')],
    ['no colon', 'right', `Basic ${Buffer.from('nadia').toString('base64')}`],
  ])('is refused for %s', async (_, password, authorization) => {
    await control(simulator, 'POST', `/mailboxes/${nadia}`, { password })
    const answer = await post(authorization)
    expect(answer.status).toBe(401)
    expect(String(answer.headers['www-authenticate'])).toContain('Basic Realm=""')
  })

  it('is shut again with the password null', async () => {
    await control(simulator, 'POST', `/mailboxes/${nadia}`, { password: 'x' })
    expect((await post(basic(nadia, 'x'))).status).toBe(200)
    await control(simulator, 'POST', `/mailboxes/${nadia}`, { password: null })
    expect((await post(basic(nadia, 'x'))).status).toBe(401)
  })
})

describe('a delegated token', () => {
  it('ends, as any other does', async () => {
    const authorization = await ways['a delegated token'](nadia)
    await control(simulator, 'POST', '/clock', { advanceMs: 3_600_000 })
    const answer = await post(authorization)
    expect([answer.status, String(answer.headers['x-ms-diagnostics']).slice(0, 8)]).toEqual([401, '2000002;'])
  })

  it('is of an app, which has to be on the list', async () => {
    const authorization = await ways['a delegated token'](nadia)
    await control(simulator, 'POST', '/tenant', { ewsEnabled: true, allowedAppIds: [] })
    expect((await post(authorization)).status).toBe(403)
    await control(simulator, 'POST', '/tenant', { allowedAppIds: [app.id] })
    expect((await post(authorization)).status).toBe(200)
  })
})

describe('a licence without EWS', () => {
  it('keeps an app out of this mailbox, and of no other', async () => {
    await control(simulator, 'POST', `/mailboxes/${nadia}`, { ewsEnabled: false })
    const answer = await (await ewsClient(simulator, nadia)).call(syncFolderItems())
    expect([answer.status, answer.headers['x-ews-policy-reason']]).toEqual([
      403,
      'EWS is disabled for this user or tenant',
    ])
    expect((await (await ewsClient(simulator, thomas)).call(syncFolderItems())).status).toBe(200)
  })
})

describe('RBAC for Applications', () => {
  const settings = (roles: string[], rbacMailboxes: string[] | null, mailboxes: string[] | null = null) =>
    control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, roles, rbacMailboxes, mailboxes }] })
  const outcome = async (address: string) => {
    const answer = await (await ewsClient(simulator, address)).call(syncFolderItems())
    return answer.status === 200 ? 'in' : (faultCode(answer.body) ?? answer.status)
  }

  it('opens the mailboxes in scope with a token that has no roles', async () => {
    await settings([], [nadia.toUpperCase()])
    expect([await outcome(nadia), await outcome(thomas)]).toEqual(['in', 'ErrorImpersonateUserDenied'])
  })

  it('does not narrow a consent for every mailbox', async () => {
    await settings(['full_access_as_app'], [nadia])
    expect([await outcome(nadia), await outcome(thomas)]).toEqual(['in', 'in'])
  })

  it('adds to an application access policy', async () => {
    await settings(['full_access_as_app'], [nadia], [thomas])
    expect([await outcome(nadia), await outcome(thomas), await outcome('approvals@contoso.example')]).toEqual(
      ['in', 'in', 'ErrorAccessDenied'],
    )
  })
})
