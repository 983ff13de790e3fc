import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { app, control, postToken, token } from './support/ews-client.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const claimsOf = (body: string) =>
  JSON.parse(Buffer.from(JSON.parse(body).access_token.split('.')[1], 'base64url').toString())

describe('a token', () => {
  it('comes for the right secret, as numbers and with the claims of Exchange', async () => {
    const answer = await token(simulator)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store, no-cache', pragma: 'no-cache' })
    const { access_token, ...rest } = JSON.parse(answer.body)
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 })
    expect(claimsOf(answer.body)).toMatchObject({
      aud: 'https://outlook.office365.com',
      appid: app.id,
      tid: simulator.tenantId,
      roles: expect.arrayContaining(['full_access_as_app']),
    })
  })

  it('is found by a verified domain as well as by the directory id', async () => {
    const url = simulator.tokenEndpoint.replace(simulator.tenantId, 'contoso.example')
    const form = new URLSearchParams({
      client_id: app.id,
      client_secret: app.secret,
      scope: 'https://graph.microsoft.com/.default',
      grant_type: 'client_credentials',
    })
    const answer = await postToken(simulator, form.toString(), { url })
    expect(claimsOf(answer.body)).toMatchObject({
      aud: 'https://graph.microsoft.com',
      roles: ['Mail.ReadWrite', 'Mail.Send'],
    })
  })

  it('comes for credentials in HTTP Basic, which are form-encoded', async () => {
    const pair = `${encodeURIComponent(app.id)}:${encodeURIComponent(app.secret)}`
    const answer = await postToken(
      simulator,
      'grant_type=client_credentials&scope=https%3A%2F%2Foutlook.office365.com%2F.default',
      { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } },
    )
    expect(answer.status).toBe(200)
  })

  it('comes without roles when consent is missing', async () => {
    await control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, roles: [] }] })
    const answer = await token(simulator)
    expect(answer.status).toBe(200)
    expect(claimsOf(answer.body)).not.toHaveProperty('roles')
  })

  it('comes without roles when consent was given for the other resource', async () => {
    await control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, roles: ['Mail.ReadWrite'] }] })
    expect(claimsOf((await token(simulator)).body)).not.toHaveProperty('roles')
  })

  it('lives as long as the tenant says', async () => {
    await control(simulator, 'POST', '/tenant', { tokenLifetimeSeconds: 5 })
    const { exp, iat } = claimsOf((await token(simulator)).body)
    expect(exp - iat).toBe(5)
  })
})

describe('a refusal', () => {
  const encoded = encodeURIComponent(app.secret)
  const scope = 'https%3A%2F%2Foutlook.office365.com%2F.default'
  const good = `client_id=${app.id}&client_secret=${encoded}&scope=${scope}&grant_type=client_credentials`
  const replaced = (name: string, value: string) =>
    good.replace(new RegExp(`(^|&)${name}=[^&]*`), `$1${name}=${value}`)
  const without = (name: string) => good.replace(new RegExp(`(^|&)${name}=[^&]*`), '')

  it.each([
    ['a wrong secret', replaced('client_secret', 'nope'), 401, 'invalid_client', 7000215],
    [
      'a secret encoded by hand',
      replaced('client_secret', app.secret.replace('&', '%26')),
      401,
      'invalid_client',
      7000215,
    ],
    [
      'an unknown app',
      replaced('client_id', '00000000-0000-0000-0000-000000000000'),
      400,
      'unauthorized_client',
      700016,
    ],
    ['no secret', without('client_secret'), 401, 'invalid_client', 7000218],
    ['no grant type', without('grant_type'), 400, 'invalid_request', 900144],
    ['no scope', without('scope'), 400, 'invalid_request', 900144],
    ['no client id', without('client_id'), 400, 'invalid_request', 900144],
    ['another grant', replaced('grant_type', 'password'), 400, 'unsupported_grant_type', 70003],
    ['a repeated parameter', `${good}&grant_type=client_credentials`, 400, 'invalid_request', 9000411],
    [
      'a scope without /.default',
      replaced('scope', 'https%3A%2F%2Foutlook.office365.com%2FMail.Read'),
      400,
      'invalid_scope',
      1002012,
    ],
    ['a scope encoded twice', replaced('scope', encodeURIComponent(scope)), 400, 'invalid_scope', 1002012],
    [
      'a scope with the grant glued on',
      replaced('scope', `${scope}%26grant_type%3Dclient_credentials`),
      400,
      'invalid_scope',
      1002012,
    ],
    ['two scopes', replaced('scope', `openid+${scope}`), 400, 'invalid_scope', 70011],
    [
      'an unknown resource',
      replaced('scope', 'https%3A%2F%2Fmail.litware.example%2F.default'),
      400,
      'invalid_resource',
      500011,
    ],
    [
      'a certificate nobody registered',
      `${without('client_secret')}&client_assertion=e30.e30.e30&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer`,
      401,
      'invalid_client',
      700027,
    ],
  ])('for %s', async (_, body, status, error, code) => {
    const answer = await postToken(simulator, body)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject({ error, error_codes: [code] })
  })

  it('for a JSON body', async () => {
    const answer = await postToken(simulator, JSON.stringify({ grant_type: 'client_credentials' }), {
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body).error_codes).toEqual([900144])
  })

  it.each([
    ['22222222-2222-3333-4444-555555555555', 90002],
    ['litware.example', 90002],
    ['common', 90002],
    ['%7Bdirectory_tenant_ID%7D', 900023],
  ])('for the tenant %s', async (tenant, code) => {
    const url = simulator.tokenEndpoint.replace(simulator.tenantId, tenant)
    const answer = await postToken(simulator, good, { url })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'invalid_request', error_codes: [code] })
  })

  it('for a secret whose end has come', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString()
    await control(simulator, 'POST', '/tenant', {
      apps: [{ id: app.id, secrets: [{ value: app.secret, expiresAt }] }],
    })
    expect((await postToken(simulator, good)).status).toBe(200)
    await control(simulator, 'POST', '/clock', { advanceMs: 60_000 })
    const answer = await postToken(simulator, good)
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'invalid_client', error_codes: [7000222] })
  })

  it('has the whole shape, with the correlation id of the client', async () => {
    const id = '4f6f0c4e-1111-4222-8333-123456789abc'
    const answer = await postToken(simulator, without('scope'), { headers: { 'client-request-id': id } })
    const body = JSON.parse(answer.body)
    expect(body).toEqual({
      error: 'invalid_request',
      error_description: expect.stringMatching(
        /^AADSTS900144: .* Trace ID: \S+ Correlation ID: \S+ Timestamp: \S+ \S+Z$/,
      ),
      error_codes: [900144],
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      trace_id: expect.any(String),
      correlation_id: id,
      error_uri: 'https://login.microsoftonline.com/error?code=900144',
    })
  })
})
