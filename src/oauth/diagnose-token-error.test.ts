/**
 * What an administrator reads when there is no access token, or one that Exchange does not take: the golden file shows
 * each refusal with its diagnosis in both languages. Where the simulator gives an answer, its own is taken; the others
 * are served in the words of Microsoft's documentation.
 */
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type SimulatedTenant, startSimulatedTenant } from '../../test/contract/simulated-tenant.ts'
import { certificateFile, publicCertificate } from '../../test/support/certificates.ts'
import { mailFailure } from '../../test/support/mail-failure.ts'
import { noTokenServer } from '../../test/support/no-token-server.ts'
import { startTlsServer } from '../../test/support/tls-server.ts'
import { createHttpClient } from '../lib/http-client.ts'
import { createLog } from '../lib/log.ts'
import type { MailError } from '../mail/errors.ts'
import { applicationCaller } from '../mail/ews/application-caller.ts'
import { httpStatusError } from '../mail/ews/http-status.ts'
import { describeMailError } from '../mailboxes/describe-mail-error.ts'
import { createTokenSource, type TokenSettings } from './token-source.ts'

const now = new Date('2026-11-24T09:20:00Z')
const secret = 'a8Q~x+y&z%26=ü "§\\ q'
const traceId = '0f6d0c4e-1111-2222-3333-444444444444'
const scope = 'https://outlook.office365.com/.default'

let tenant: SimulatedTenant
beforeAll(async () => {
  tenant = await startSimulatedTenant()
})
afterAll(() => tenant?.close())

/** The failure of asking for a token with these settings. */
async function refusal(settings: Partial<TokenSettings>, caPem: string | null): Promise<MailError> {
  const http = createHttpClient({ extraCa: caPem })
  onTestFinished(() => http.close())
  const { tokenEndpoint, clientId, clientSecret } = tenant
  const asked = { tokenEndpoint, clientId, credential: { clientSecret }, scope, ...settings }
  const source = createTokenSource(asked, { http, clock: () => now, log: createLog('silent') })
  return mailFailure(source.token(new AbortController().signal))
}

/** Settings that the simulator refuses, by what is wrong with them. */
const refusedBySimulator: [string, (tenant: SimulatedTenant) => Partial<TokenSettings>][] = [
  ['AADSTS7000215', () => ({ credential: { clientSecret: secret } })],
  [
    'AADSTS7000215, a secret ID',
    () => ({ credential: { clientSecret: '33333333-4444-5555-6666-777777777777' } }),
  ],
  ['AADSTS700016', () => ({ clientId: '99999999-9999-9999-9999-999999999999' })],
  ['AADSTS90002', (at) => ({ tokenEndpoint: inTenant(at, '99999999-9999-9999-9999-999999999999') })],
  ['AADSTS900023', (at) => ({ tokenEndpoint: inTenant(at, 'contoso') })],
  ['AADSTS70011', () => ({ scope: 'Mail.Read/.default' })],
  ['AADSTS1002012, no /.default', () => ({ scope: 'https://outlook.office365.com/EWS.AccessAsUser.All' })],
  ['AADSTS1002012, the tail of the guide', () => ({ scope: `${scope}&grant_type=client_credentials` })],
  ['AADSTS1002012, encoded twice', () => ({ scope: encodeURIComponent(scope) })],
  ['AADSTS500011', () => ({ scope: 'https://outlook.office365.example/.default' })],
]

const certificate = certificateFile('app.pem')
const credential = { certificate }

/** What the simulator refuses a certificate for, by the change to its tenant. */
const refusedCertificates: [
  string,
  (tenant: SimulatedTenant) => Record<string, unknown>,
  Partial<TokenSettings>?,
][] = [
  ['AADSTS700027, not registered', () => ({})],
  [
    'AADSTS700027, expired',
    (at) => withCertificate(at, 'expired.pem'),
    { credential: { certificate: certificateFile('expired.pem') } },
  ],
  [
    'AADSTS700027, of another key',
    (at) => withCertificate(at, 'app.pem'),
    { credential: { certificate: certificateFile('mismatch.pem') } },
  ],
]

/** The tenant whose application has this certificate, and no secret. */
function withCertificate({ clientId }: SimulatedTenant, name: string) {
  return { apps: [{ id: clientId, certificates: [publicCertificate(name)], secrets: [] }] }
}

function inTenant({ tokenEndpoint }: SimulatedTenant, name: string): string {
  return tokenEndpoint.replace(/[^/]+(?=\/oauth2\/)/, name)
}

/** Answers in the words of Entra: status, error, number, the beginning of the text. */
const documented: [
  string,
  number,
  string,
  number,
  string,
  Record<string, string>?,
  TokenSettings['credential']?,
][] = [
  ['AADSTS700027', 401, 'invalid_client', 700027, 'The certificate … is not registered on application.'],
  ['AADSTS700024', 401, 'invalid_client', 700024, 'Client assertion is not within its valid time range.'],
  ['AADSTS7000218', 401, 'invalid_client', 7000218, "The request body must contain … 'client_secret'."],
  ['AADSTS900144', 400, 'invalid_request', 900144, "The request body must contain … 'grant_type'."],
  ['AADSTS9000411', 400, 'invalid_request', 9000411, "The parameter 'grant_type' is duplicated."],
  ['AADSTS70003', 400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.'],
  ['AADSTS7000112', 400, 'unauthorized_client', 7000112, 'Application is disabled.'],
  ['AADSTS7000229', 401, 'invalid_client', 7000229, 'The client application is missing service principal.'],
  ['AADSTS650057', 400, 'invalid_resource', 650057, 'Invalid resource.'],
  ['AADSTS65001', 400, 'invalid_grant', 65001, 'The user or administrator has not consented.'],
  ['AADSTS53003', 400, 'invalid_grant', 53003, 'Access has been blocked by Conditional Access policies.'],
  ['AADSTS90033', 503, 'temporarily_unavailable', 90033, 'A transient error.', { 'retry-after': '30' }],
  ['AADSTS90055', 429, 'temporarily_unavailable', 90055, 'Too many requests.', { 'retry-after': '60' }],
  ['AADSTS50196', 400, 'invalid_grant', 50196, 'The server terminated an operation: a client request loop.'],
  ['AADSTS700024, with a certificate', 401, 'invalid_client', 700024, 'Not in time.', {}, credential],
  ['AADSTS700023', 401, 'invalid_client', 700023, 'The audience does not match.', {}, credential],
  ['AADSTS7000218, with a certificate', 401, 'invalid_client', 7000218, 'Missing.', {}, credential],
  ['an unknown number that stays, with a certificate', 400, 'invalid_client', 4242, 'Never.', {}, credential],
  ['an unknown number that passes', 400, 'temporarily_unavailable', 4242, 'Later.'],
  ['an unknown number that stays', 400, 'invalid_client', 4242, 'Never.'],
]

test('every refusal has its diagnosis, in both languages', async () => {
  const found: Record<string, MailError> = {}
  for (const [name, settings] of refusedBySimulator) {
    found[name] = await refusal(settings(tenant), tenant.caPem)
  }
  const [app] = [
    { id: tenant.clientId, secrets: [{ value: tenant.clientSecret, expiresAt: '2020-01-01T00:00:00Z' }] },
  ]
  await tenant.change({ apps: [app] })
  found.AADSTS7000222 = await refusal({}, tenant.caPem)
  await tenant.reset()
  for (const [name, change, settings] of refusedCertificates) {
    await tenant.change(change(tenant))
    found[name] = await refusal({ credential, ...settings }, tenant.caPem)
    await tenant.reset()
  }

  for (const [
    name,
    status,
    error,
    code,
    text,
    headers = {},
    proof = { clientSecret: secret },
  ] of documented) {
    const server = await startTlsServer((_, response) => {
      response.writeHead(status, { date: 'Tue, 24 Nov 2026 09:00:00 GMT', ...headers })
      const description = `AADSTS${code}: ${text} It may echo ${secret}. Trace ID: ${traceId}`
      response.end(
        JSON.stringify({
          error,
          error_description: description,
          error_codes: [code],
          trace_id: traceId,
        }),
      )
    })
    onTestFinished(() => server[Symbol.asyncDispose]())
    const tokenEndpoint = `${server.origin}/${traceId}/oauth2/v2.0/token`
    const failure = await refusal({ tokenEndpoint, credential: proof }, server.caPem)
    expect(failure.message).toContain(traceId)
    found[name] = failure
  }

  found['an untrusted certificate'] = await refusal({}, null)
  found['nobody listens'] = await refusal(
    { tokenEndpoint: `https://localhost:${await closedPort()}/t/token` },
    null,
  )

  const tokens = { ...noTokenServer, token: async () => '', reject() {} }
  const caller = applicationCaller(tokens)
  for (const [name, status, headers] of [
    [
      'the audience is another service',
      401,
      { 'x-ms-diagnostics': '2000003;reason="The audience is invalid"' },
    ],
    ['the tenant is another one', 401, { 'x-ms-diagnostics': '2000004;reason="The tenant is invalid"' }],
    ['the token has no permissions', 401, { 'x-ms-diagnostics': '2000008;reason="No permissions"' }],
    ['the role is missing', 403, {}],
  ] as const) {
    const authorization = `Bearer x.${Buffer.from('{"roles":[]}').toString('base64url')}.x`
    found[name] = httpStatusError(
      { status, headers: new Headers(headers) },
      { caller, authorization, address: 'approvals@contoso.example', host: 'outlook.office365.com' },
    )
  }

  const golden = Object.fromEntries(
    Object.entries(found).map(([name, error]) => {
      const { kind, retry, retryAfterMs, providerCode } = error
      expect(`${error.message} ${JSON.stringify(error)}`, name).not.toContain(secret)
      expect(`${error.message} ${JSON.stringify(error)}`, name).not.toContain(tenant.clientSecret)
      expect(`${error.message} ${JSON.stringify(error)} ${error.cause}`, name).not.toMatch(/PRIVATE KEY|MII/)
      const text = describeMailError(error)
      const host = /localhost:\d+/g
      return [
        name,
        {
          providerCode,
          kind,
          retry,
          ...(retryAfterMs === null ? {} : { retryAfterMs }),
          en: text.en.replace(host, 'the host'),
          fr: text.fr.replace(host, 'the host'),
        },
      ]
    }),
  )
  await expect(`${JSON.stringify(golden, null, 2)}\n`).toMatchFileSnapshot(
    '../../test/fixtures/token-diagnoses.json',
  )
})

test('a clock cannot be told from an answer without a date', async () => {
  const server = await startTlsServer((_, response) => {
    response.sendDate = false
    response.writeHead(401).end(JSON.stringify({ error: 'invalid_client', error_codes: [700024] }))
  })
  onTestFinished(() => server[Symbol.asyncDispose]())
  const tokenEndpoint = `${server.origin}/${traceId}/oauth2/v2.0/token`
  expect(await refusal({ tokenEndpoint }, server.caPem)).toMatchObject({
    messageKey: 'token.clock',
    retry: 'pause-mailbox',
  })
})

test('an error in a word that JavaScript knows is one that is not known', async () => {
  const server = await startTlsServer((_, response) => {
    response.writeHead(400).end(JSON.stringify({ error: 'constructor' }))
  })
  onTestFinished(() => server[Symbol.asyncDispose]())
  const tokenEndpoint = `${server.origin}/${traceId}/oauth2/v2.0/token`
  expect(await refusal({ tokenEndpoint }, server.caPem)).toMatchObject({
    kind: 'auth',
    providerCode: 'HTTP 400',
    messageKey: 'token.refused',
  })
})

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
