import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { accessToken, app, control, envelope, ewsClient, http, token } from './support/ews-client.ts'
import { syncFolderItems } from './support/ews-requests.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const post = (
  headers: Record<string, string>,
  body = envelope(syncFolderItems(), 'approvals@contoso.example'),
) =>
  http(simulator, 'POST', simulator.ewsUrl, { 'content-type': 'text/xml; charset=utf-8', ...headers }, body)
const bearer = async () => ({ authorization: `Bearer ${await accessToken(simulator)}` })
const faultCode = (body: string) => /<e:ResponseCode[^>]*>([^<]+)</.exec(body)?.[1]

describe('the token', () => {
  it('is asked for', async () => {
    const answer = await post({})
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toMatch(
      /^Bearer client_id="00000002-0000-0ff1-ce00-000000000000"/,
    )
    expect(answer.headers['www-authenticate']).not.toContain('error=')
  })

  it('has to be signed by the endpoint', async () => {
    const { authorization } = await bearer()
    const answer = await post({ authorization: `${authorization.slice(0, -4)}AAAA` })
    expect(answer.status).toBe(401)
    expect(answer.headers['x-ms-diagnostics']).toMatch(/^2000000;/)
    expect((await post({ authorization: 'Bearer nonsense' })).status).toBe(401)
  })

  it('has to be in time', async () => {
    const headers = await bearer()
    expect((await post(headers)).status).toBe(200)
    await control(simulator, 'POST', '/clock', { advanceMs: 3_600_000 })
    const answer = await post(headers)
    expect(answer.status).toBe(401)
    expect(answer.headers['x-ms-diagnostics']).toMatch(/^2000002;/)
  })

  it('stands clocks that differ by ten seconds, as long as the tenant says so', async () => {
    const diagnosis = async (headers: Record<string, string>) =>
      String((await post(headers)).headers['x-ms-diagnostics'] ?? 'in').slice(0, 7)
    await control(simulator, 'POST', '/tenant', { exchangeClockAheadSeconds: -10 })
    const young = await bearer()
    expect(await diagnosis(young)).toBe('in')
    await control(simulator, 'POST', '/tenant', { clockToleranceSeconds: 0 })
    expect(await diagnosis(young)).toBe('2000001')
    await control(simulator, 'POST', '/tenant', { exchangeClockAheadSeconds: 10, tokenLifetimeSeconds: 8 })
    expect(await diagnosis(young)).toBe('in')
    expect(await diagnosis(await bearer())).toBe('2000002')
  })

  it('has to be for Exchange', async () => {
    const graph = JSON.parse((await token(simulator, { scope: 'https://graph.microsoft.com/.default' })).body)
    const answer = await post({ authorization: `Bearer ${graph.access_token}` })
    expect(answer.status).toBe(401)
    expect(answer.headers['x-ms-diagnostics']).toBe(
      `2000003;reason="The audience claim value is invalid 'aud'.";error_category="invalid_resource"`,
    )
    expect(answer.headers['www-authenticate']).toContain('error="invalid_token"')
  })

  it('has to have permissions, and the one for EWS', async () => {
    await control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, roles: [] }] })
    const none = await post(await bearer())
    expect([none.status, String(none.headers['x-ms-diagnostics']).slice(0, 8)]).toEqual([401, '2000008;'])
    await control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, roles: ['IMAP.AccessAsApp'] }] })
    const other = await post(await bearer())
    expect([other.status, other.headers['x-ews-policy-reason']]).toEqual([403, undefined])
  })
})

describe('the policies of the organisation', () => {
  const disabled = 'EWS is disabled for this user or tenant'
  const blocked = 'EWS is blocked by policy for this user or tenant'
  it.each([
    [{ ewsEnabled: false, allowedAppIds: [app.id] }, disabled],
    [{ ewsEnabled: true, allowedAppIds: [] }, blocked],
    [{ ewsEnabled: true, allowedAppIds: [], emptyListBlocks: false }, undefined],
    [{ ewsEnabled: true, allowedAppIds: ['00000000-0000-0000-0000-000000000000'] }, blocked],
    [{ ewsEnabled: true, allowedAppIds: [app.id] }, undefined],
    [{ ewsEnabled: null, allowedAppIds: ['00000000-0000-0000-0000-000000000000'] }, undefined],
    [{ userAgentPolicy: { mode: 'EnforceAllowList', patterns: ['Outlook/*'] } }, blocked],
    [{ userAgentPolicy: { mode: 'EnforceAllowList', patterns: ['Sample/*'] } }, undefined],
    [{ userAgentPolicy: { mode: 'EnforceBlockList', patterns: ['Sample/*'] } }, blocked],
  ])('%j', async (settings, reason) => {
    await control(simulator, 'POST', '/tenant', settings)
    const answer = await post({ ...(await bearer()), 'user-agent': 'Sample/1.0' })
    expect([answer.status, answer.headers['x-ews-policy-reason']]).toEqual([reason ? 403 : 200, reason])
  })
})

describe('impersonation', () => {
  it('is needed', async () => {
    const answer = await post(await bearer(), envelope(syncFolderItems(), ''))
    expect([answer.status, faultCode(answer.body)]).toEqual([
      500,
      'ErrorInvalidExchangeImpersonationHeaderData',
    ])
  })

  it.each(['nobody@contoso.example', 'anna.novak@fabrikam.example', 'approvals+42@contoso.example'])(
    'needs a mailbox of the tenant: %s',
    async (address) => {
      const answer = await (await ewsClient(simulator, address)).call(syncFolderItems())
      expect([answer.status, faultCode(answer.body)]).toEqual([500, 'ErrorNonExistentMailbox'])
      expect(answer.body).toContain(`<t:Value Name="SmtpAddress">${address}</t:Value>`)
    },
  )

  it('takes an alias as SmtpAddress and not as PrimarySmtpAddress', async () => {
    await control(simulator, 'POST', '/mailboxes', {
      address: 'accounts@contoso.example',
      aliases: ['billing@contoso.example'],
    })
    const asked = envelope(syncFolderItems(), 'billing@contoso.example')
    expect((await post(await bearer(), asked)).status).toBe(200)
    const primary = await post(await bearer(), asked.replaceAll('t:SmtpAddress', 't:PrimarySmtpAddress'))
    expect(faultCode(primary.body)).toBe('ErrorNonPrimarySmtpAddress')
  })

  it('stays inside the application access policy', async () => {
    await control(simulator, 'POST', '/tenant', {
      apps: [{ id: app.id, mailboxes: ['approvals@contoso.example'] }],
    })
    expect((await (await ewsClient(simulator)).call(syncFolderItems())).status).toBe(200)
    const other = await (await ewsClient(simulator, 'nadia.belkacem@contoso.example')).call(syncFolderItems())
    expect(faultCode(other.body)).toBe('ErrorAccessDenied')
  })
})

describe('the envelope', () => {
  const good = envelope(syncFolderItems(), 'approvals@contoso.example')
  it.each([
    [
      'the https namespace of the learn pages',
      good.replace('http://schemas.xmlsoap.org', 'https://schemas.xmlsoap.org'),
    ],
    [
      'elements in another order',
      good.replace(/(<m:ItemShape>.*<\/m:ItemShape>)(<m:SyncFolderId>.*<\/m:SyncFolderId>)/, '$2$1'),
    ],
    ['an unknown element', good.replace('<m:MaxChangesReturned>', '<m:Sample/><m:MaxChangesReturned>')],
    ['an element of the wrong namespace', good.replace(/m:SyncFolderId/g, 't:SyncFolderId')],
    ['a value out of range', good.replace('>512<', '>513<')],
    ['a missing element', good.replace(/<m:MaxChangesReturned>.*<\/m:MaxChangesReturned>/, '')],
    ['a misspelt folder', good.replace('"inbox"', '"Inbox"')],
    ['an unknown attribute', good.replace('Id="inbox"', 'Id="inbox" Name="x"')],
    ['two connecting SIDs', good.replace('</t:ConnectingSID>', '<t:SID>S-1-5</t:SID></t:ConnectingSID>')],
  ])('is refused for %s', async (_, body) => {
    expect(body).not.toBe(good)
    const answer = await post(await bearer(), body)
    expect([answer.status, faultCode(answer.body)]).toEqual([500, 'ErrorSchemaValidation'])
    expect(answer.body).toContain('<t:Violation>')
  })

  it('is refused for an unknown server version', async () => {
    const answer = await post(await bearer(), good.replace('"Exchange2016"', '"Exchange2099"'))
    expect(faultCode(answer.body)).toBe('ErrorInvalidServerVersion')
  })

  it.each([
    ['broken XML', good.slice(0, -20), 400],
    ['a document type', good.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>'), 400],
    ['nesting without end', good.replace('<soap:Body>', `<soap:Body>${'<m:A>'.repeat(100)}`), 400],
    [
      'an operation that is not simulated',
      envelope('<m:GetUserAvailabilityRequest/>', 'approvals@contoso.example'),
      501,
    ],
  ])('is refused for %s', async (_, body, status) => {
    expect((await post(await bearer(), body)).status).toBe(status)
  })

  it('has to be text/xml', async () => {
    expect((await post({ ...(await bearer()), 'content-type': 'application/soap+xml' })).status).toBe(415)
  })

  it('is answered with the ids that support asks for', async () => {
    const id = '4f6f0c4e-1111-4222-8333-123456789abc'
    const answer = await post({
      ...(await bearer()),
      'client-request-id': id,
      'return-client-request-id': 'true',
    })
    expect(answer.headers).toMatchObject({ 'client-request-id': id, 'request-id': expect.any(String) })
    expect(answer.body).toContain('<h:ServerVersionInfo MajorVersion="15" MinorVersion="20"')
  })
})
