import type { IncomingMessage, ServerResponse } from 'node:http'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { certificateFile } from '../../test/support/certificates.ts'
import { mailFailure } from '../../test/support/mail-failure.ts'
import { startTlsServer } from '../../test/support/tls-server.ts'
import { createHttpClient } from '../lib/http-client.ts'
import { createLog } from '../lib/log.ts'
import { onMilestone } from '../lib/milestones.ts'
import { createTokenSource } from './token-source.ts'

const secret = 'a8Q~x+y&z%26=ü "§\\ q'
const signal = new AbortController().signal

/** A token endpoint that answers as told and keeps what it was asked. */
async function open(answer: (response: ServerResponse, count: number, request: IncomingMessage) => void) {
  const bodies: string[] = []
  const server = await startTlsServer(async (request, response) => {
    bodies.push(await text(request))
    answer(response, bodies.length, request)
  })
  const http = createHttpClient({ extraCa: server.caPem })
  onTestFinished(async () => {
    await http.close()
    await server[Symbol.asyncDispose]()
  })
  let now = new Date('2026-11-24T09:00:00Z')
  let logged = ''
  const log = createLog(
    'trace',
    new Writable({
      write(chunk, _, done) {
        logged += String(chunk)
        done()
      },
    }),
  )
  const settings = {
    tokenEndpoint: `${server.origin}/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token`,
    clientId: 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb',
    credential: { clientSecret: secret },
    scope: 'https://outlook.office365.com/.default',
  }
  const source = createTokenSource(settings, { http, clock: () => now, log })
  const advance = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000)
  }
  return { source, bodies, advance, settings, http, log, logged: () => logged }
}

function grant(response: ServerResponse, token: string, expiresIn = 3599) {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify({ token_type: 'Bearer', expires_in: expiresIn, access_token: token }))
}

test('asks with the secret in the form body, whatever characters it holds', async () => {
  const headers: IncomingMessage['headers'][] = []
  const { source, bodies, logged } = await open((response, _, request) => {
    headers.push(request.headers)
    grant(response, 'one')
  })
  expect(await source.token(signal)).toBe('one')
  const form = new URLSearchParams(bodies[0])
  expect([...form.keys()].sort()).toEqual(['client_id', 'client_secret', 'grant_type', 'scope'])
  expect(form.get('client_secret')).toBe(secret)
  expect(form.get('scope')).toBe('https://outlook.office365.com/.default')
  expect(form.get('grant_type')).toBe('client_credentials')
  expect(headers[0]?.authorization).toBeUndefined()
  expect(logged()).not.toContain(secret)
  expect(logged()).not.toContain('one')
})

test('asks with an assertion in place of a secret, and shows neither it nor the key', async () => {
  const { bodies, settings, http, log, logged } = await open((response, count) =>
    count === 1 ? grant(response, 'one') : response.writeHead(401).end('{"error":"invalid_client"}'),
  )
  const asked = { ...settings, credential: { certificate: certificateFile('app.pem') } }
  const source = createTokenSource(asked, { http, clock: () => new Date(), log })
  expect(await source.token(signal)).toBe('one')
  const form = new URLSearchParams(bodies[0])
  expect([...form.keys()].sort()).toEqual([
    'client_assertion',
    'client_assertion_type',
    'client_id',
    'grant_type',
    'scope',
  ])
  source.reject('one')
  const failure = await mailFailure(source.token(signal))
  const shown = `${logged()} ${failure.stack} ${JSON.stringify(failure)} ${failure.cause}`
  expect(shown).not.toContain(form.get('client_assertion')?.slice(0, 40))
  expect(shown).not.toMatch(/PRIVATE KEY|MII/)
})

test('keeps a token until five minutes before its end', async () => {
  const { source, advance } = await open((response, count) => grant(response, `token ${count}`))
  expect(await source.token(signal)).toBe('token 1')
  advance(3299 - 1)
  expect(await source.token(signal)).toBe('token 1')
  advance(1)
  expect(await source.token(signal)).toBe('token 2')
})

test('uses a short-lived token for four fifths of its life', async () => {
  const { source, advance } = await open((response, count) => grant(response, `token ${count}`, 60))
  await source.token(signal)
  advance(47)
  expect(await source.token(signal)).toBe('token 1')
  advance(1)
  expect(await source.token(signal)).toBe('token 2')
})

test('sends one request for many who wait', async () => {
  const { source, bodies } = await open((response) => grant(response, 'shared'))
  const tokens = await Promise.all(Array.from({ length: 20 }, () => source.token(signal)))
  expect(new Set(tokens)).toEqual(new Set(['shared']))
  expect(bodies).toHaveLength(1)
})

test('one who gives up does not take the token from the others', async () => {
  const { source } = await open((response) => grant(response, 'shared'))
  const impatient = new AbortController()
  const givenUp = mailFailure(source.token(impatient.signal))
  const patient = source.token(signal)
  impatient.abort()
  expect((await givenUp).kind).toBe('unavailable')
  expect(await patient).toBe('shared')
})

test('a rejected token is fetched anew; rejecting an older one changes nothing', async () => {
  const { source, bodies } = await open((response, count) => grant(response, `token ${count}`))
  source.reject(await source.token(signal))
  expect(await source.token(signal)).toBe('token 2')
  source.reject('token 1')
  expect(await source.token(signal)).toBe('token 2')
  expect(bodies).toHaveLength(2)
})

test('a token that is not given is told at its milestone, once for all who wait for it', async () => {
  const kinds: string[] = []
  onTestFinished(onMilestone('token-refused', ({ kind }) => kinds.push(kind)))
  const { source } = await open((response) => response.writeHead(429).end())
  await Promise.all([mailFailure(source.token(signal)), mailFailure(source.token(signal))])
  expect(kinds).toEqual(['throttled'])
})

test('after a failure the next call asks again', async () => {
  const { source } = await open((response, count) =>
    count === 1 ? response.writeHead(503).end() : grant(response, 'late'),
  )
  await mailFailure(source.token(signal))
  expect(await source.token(signal)).toBe('late')
})

test('reads the code from the text where error_codes is missing', async () => {
  const { source } = await open((response) =>
    response.writeHead(401).end(JSON.stringify({ error_description: 'AADSTS7000222: expired' })),
  )
  expect((await mailFailure(source.token(signal))).messageKey).toBe('token.expired-secret')
})

test.each([
  { status: 429, headers: { 'retry-after': '17' }, kind: 'throttled', retryAfterMs: 17_000 },
  {
    status: 503,
    headers: { date: 'Tue, 24 Nov 2026 09:00:00 GMT', 'retry-after': 'Tue, 24 Nov 2026 09:00:30 GMT' },
    kind: 'unavailable',
    retryAfterMs: 30_000,
  },
  { status: 500, headers: {}, kind: 'unavailable', retryAfterMs: null },
  {
    status: 302,
    headers: { location: 'https://proxy.contoso.example/' },
    kind: 'invalid',
    retryAfterMs: null,
  },
])('HTTP $status without a code is $kind', async ({ status, headers, kind, retryAfterMs }) => {
  const { source } = await open((response) => response.writeHead(status, headers).end('<html>'))
  expect(await mailFailure(source.token(signal))).toMatchObject({ kind, retryAfterMs })
})

test('an answer that is no token is a fault of the endpoint, and shows nothing of it', async () => {
  const { source } = await open((response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>access_token: abc</p>')
  })
  const failure = await mailFailure(source.token(signal))
  expect(failure).toMatchObject({ kind: 'protocol', messageKey: 'token.not-entra' })
  expect(failure.cause).toBeUndefined()
})

test('a token that does not come leaves nothing in doubt: what it was for was not begun', async () => {
  const { source } = await open((response) => response.destroy())
  expect(await mailFailure(source.token(signal))).toMatchObject({
    kind: 'unavailable',
    mayHaveHappened: false,
  })
  expect(await mailFailure(source.token(AbortSignal.abort()))).toMatchObject({ mayHaveHappened: false })
})

test('a network that fails is never called a wrong credential', async () => {
  const { source } = await open((response) => response.destroy())
  expect(await mailFailure(source.token(signal))).toMatchObject({ kind: 'unavailable', retry: 'later' })
})

test('an untrusted certificate is named as one', async () => {
  const { settings, log } = await open((response) => grant(response, 'never'))
  const http = createHttpClient({ extraCa: null })
  onTestFinished(() => http.close())
  const source = createTokenSource(settings, { http, clock: () => new Date(), log })
  expect(await mailFailure(source.token(signal))).toMatchObject({
    kind: 'unavailable',
    messageKey: 'network.untrusted-certificate',
  })
})
