import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import {
  type AppCertificate,
  createAppCertificate,
  thumbprint,
  writeAssertion,
} from './support/app-certificate.ts'
import { app, control, postToken } from './support/ews-client.ts'

const DAY = 86_400_000

let simulator: Simulator
let registered: AppCertificate
let foreign: AppCertificate
beforeAll(async () => {
  ;[simulator, registered, foreign] = await Promise.all([
    startSimulator(),
    createAppCertificate(new Date(Date.now() + DAY)),
    createAppCertificate(new Date(Date.now() + DAY)),
  ])
})
beforeEach(async () => {
  await control(simulator, 'POST', '/reset')
  await setApp({ certificates: [registered.pem], secrets: [] })
})
afterAll(() => simulator.close())

const setApp = (settings: object) =>
  control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, ...settings }] })

async function ask(assertion: string) {
  const form = new URLSearchParams({
    client_id: app.id,
    scope: 'https://outlook.office365.com/.default',
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  })
  const { status, body } = await postToken(simulator, form.toString())
  return { status, ...JSON.parse(body) }
}
const write = (changes?: Parameters<typeof writeAssertion>[2], certificate = registered) =>
  writeAssertion(certificate, simulator.tokenEndpoint, changes)

describe('a client assertion', () => {
  it.each([
    ['PS256', 'x5t#S256', 'sha256'],
    ['RS256', 'x5t#S256', 'sha256'],
    ['PS256', 'x5t', 'sha1'],
    ['RS256', 'x5t', 'sha1'],
  ] as const)('is taken with %s and %s', async (alg, name, hash) => {
    const header = { alg, 'x5t#S256': undefined, [name]: thumbprint(registered.pem, hash) }
    const { status, access_token } = await ask(write({ header }))
    expect(status).toBe(200)
    const claims = JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString())
    expect(claims).toMatchObject({
      appidacr: '2',
      appid: app.id,
      roles: expect.arrayContaining(['full_access_as_app']),
    })
  })

  it('may be meant for the token URL with the domain', async () => {
    const audience = simulator.tokenEndpoint.replace(simulator.tenantId, 'contoso.example')
    expect(await ask(writeAssertion(registered, audience))).toMatchObject({ status: 200 })
  })

  it('is refused when its certificate is not registered', async () => {
    const answer = await ask(write({}, foreign))
    expect(answer).toMatchObject({ status: 401, error: 'invalid_client', error_codes: [700027] })
    expect(answer.error_description).toContain('The key was not found')
  })

  it('is refused when another key has signed it, or none we know how to check', async () => {
    const named = { header: { 'x5t#S256': thumbprint(registered.pem, 'sha256') } }
    expect(await ask(write(named, foreign))).toMatchObject({ status: 401, error_codes: [700027] })
    expect(await ask(write({ header: { alg: 'none' } }))).toMatchObject({
      status: 401,
      error_codes: [700027],
    })
    const [head, body] = write().split('.')
    expect(await ask(`${head}.${body}.`)).toMatchObject({ status: 401, error_codes: [700027] })
  })

  it('is refused when its certificate has ended', async () => {
    await control(simulator, 'POST', '/clock', { advanceMs: 2 * DAY })
    const answer = await ask(write({ now: Date.now() + 2 * DAY }))
    expect(answer).toMatchObject({ status: 401, error_codes: [700027] })
    expect(answer.error_description).toContain('The key used is expired')
  })

  it.each([
    [{ aud: 'https://login.microsoftonline.com/common' }, 700023],
    [{ iss: '00000000-0000-0000-0000-000000000000' }, 700021],
    [{ sub: '00000000-0000-0000-0000-000000000000' }, 700021],
    [{ exp: undefined }, 700024],
  ])('is refused with the claims %j', async (claims, code) => {
    expect(await ask(write({ claims }))).toMatchObject({
      status: 401,
      error: 'invalid_client',
      error_codes: [code],
    })
  })

  it('stands clocks that differ as far as the tenant says, in both directions', async () => {
    const outcome = async (now: number) => {
      const { status, error_codes } = await ask(write({ now }))
      return status === 200 ? 'taken' : error_codes[0]
    }
    // Ten seconds fast; and slow, with an assertion that ended ten seconds ago.
    const fast = () => Date.now() + 10_000
    const slow = () => Date.now() - 310_000
    expect([await outcome(fast()), await outcome(slow())]).toEqual(['taken', 'taken'])
    await control(simulator, 'POST', '/tenant', { clockToleranceSeconds: 0 })
    expect([await outcome(fast()), await outcome(slow())]).toEqual([700024, 700024])
    expect(await outcome(Date.now() - 10_000)).toBe('taken')
  })
})

describe('the service principal', () => {
  it.each([
    ['disabled', 400, 'unauthorized_client', 7000112],
    ['missing', 401, 'invalid_client', 7000229],
  ])('%s', async (servicePrincipal, status, error, code) => {
    await setApp({ servicePrincipal })
    expect(await ask(write())).toMatchObject({ status, error, error_codes: [code] })
    await setApp({ servicePrincipal: 'enabled' })
    expect(await ask(write())).toMatchObject({ status: 200 })
  })
})

describe('what is laid or set', () => {
  it.each([
    [{ apps: [{ id: app.id, certificates: ['no certificate'] }] }, '"certificates" has a value'],
    [{ apps: [{ id: app.id, servicePrincipal: 'gone' }] }, '"servicePrincipal" has a value'],
    [{ clockToleranceSeconds: -1 }, '"clockToleranceSeconds" has a value'],
  ])('is refused: %j', async (settings, reason) => {
    await expect(control(simulator, 'POST', '/tenant', settings)).rejects.toThrow(reason)
  })

  it('belongs to the endpoint it is laid for', async () => {
    const fault = { operation: 'GetItem', times: 1, answer: { aadsts: 90033 } }
    await expect(control(simulator, 'POST', '/faults', fault)).rejects.toThrow('of the token endpoint')
  })
})
