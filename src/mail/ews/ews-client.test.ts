import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import { noTokenServer } from '../../../test/support/no-token-server.ts'
import { startTlsServer } from '../../../test/support/tls-server.ts'
import { createHttpClient } from '../../lib/http-client.ts'
import { createLog } from '../../lib/log.ts'
import { translator } from '../../lib/translate.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import { applicationCaller } from './application-caller.ts'
import { createEwsClient } from './ews-client.ts'
import { inbox } from './ids.ts'
import { getFolder } from './operations/get-folder.ts'
import { getStreamingEvents } from './operations/get-streaming-events.ts'

const address = 'approvals@contoso.example'
const signal = new AbortController().signal
const withRole = jwt({ roles: ['full_access_as_app'] })
const withoutRole = jwt({ aud: 'https://outlook.office365.com' })

function jwt(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`
}

/** Tokens in turn: the given one, then the same with a mark for each time one was rejected. */
function tokens(value: string): TokenSource & { rejected: string[] } {
  const rejected: string[] = []
  return {
    ...noTokenServer,
    rejected,
    token: async () => value + '.'.repeat(rejected.length),
    reject: (token) => rejected.push(token),
  }
}

const folder = envelope(
  '<m:GetFolderResponse><m:ResponseMessages><m:GetFolderResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Folders><t:Folder><t:FolderId Id="F1"/><t:DisplayName>Boîte de réception</t:DisplayName><t:TotalCount>3</t:TotalCount></t:Folder></m:Folders></m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse>',
)

function envelope(body: string): string {
  return `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="urn:m" xmlns:t="urn:t"><s:Body>${body}</s:Body></s:Envelope>`
}

function soap(response: ServerResponse, body: string, headers: Record<string, string> = {}) {
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', ...headers }).end(body)
}

async function open(
  answer: (response: ServerResponse, call: number, request: IncomingMessage) => void,
  token = withRole,
) {
  const requests: { headers: IncomingMessage['headers']; body: string; method: string; path: string }[] = []
  const server = await startTlsServer(async (request, response) => {
    const { headers, method = '', url: path = '' } = request
    requests.push({ headers, body: await text(request), method, path })
    answer(response, requests.length, request)
  })
  const http = createHttpClient({ extraCa: server.caPem, userAgent: 'Countersign/1' })
  onTestFinished(async () => {
    await http.close()
    await server[Symbol.asyncDispose]()
  })
  const source = tokens(token)
  const parts = { caller: applicationCaller(source), http, log: createLog('silent') }
  const client = createEwsClient(`${server.origin}/EWS/Exchange.asmx`, address, parts)
  return { client, requests, rejected: source.rejected, server }
}

test('impersonates the mailbox, anchors to it and names itself', async () => {
  const { client, requests } = await open((response) => soap(response, folder))
  expect(await client.call(getFolder(inbox), signal)).toEqual({
    id: 'F1',
    displayName: 'Boîte de réception',
    totalCount: 3,
  })
  const { headers, body, method } = requests[0] ?? expect.unreachable()
  expect(method).toBe('POST')
  expect(headers).toMatchObject({
    authorization: `Bearer ${withRole}`,
    'content-type': 'text/xml; charset=utf-8',
    'x-anchormailbox': address,
    'return-client-request-id': 'true',
  })
  expect(headers['user-agent']).toBe('Countersign/1')
  expect(headers['client-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(body).toContain(`<t:SmtpAddress>${address}</t:SmtpAddress>`)
  expect(body).toContain('xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"')
})

test('a refused token is dropped and the call made once more', async () => {
  const { client, requests, rejected } = await open((response, call) =>
    call === 1 ? response.writeHead(401).end() : soap(response, folder),
  )
  await client.call(getFolder(inbox), signal)
  expect(rejected).toEqual([withRole])
  expect(requests[1]?.headers.authorization).toBe(`Bearer ${withRole}.`)
})

test('a second refusal is final', async () => {
  const { client, requests } = await open((response) => response.writeHead(401).end())
  const error = await mailFailure(client.call(getFolder(inbox), signal))
  expect(error).toMatchObject({
    kind: 'auth',
    retry: 'pause-mailbox',
    messageKey: 'token.refused-by-exchange',
  })
  expect(requests).toHaveLength(2)
})

const diagnostics = (id: number) => ({ 'x-ms-diagnostics': `${id};reason="text";error_category="x"` })
const policy = (reason: string) => ({ 'x-ews-policy-reason': reason })

test.each([
  { status: 401, headers: diagnostics(2000003), kind: 'invalid', messageKey: 'token.wrong-audience' },
  { status: 401, headers: diagnostics(2000004), kind: 'invalid', messageKey: 'token.wrong-tenant' },
  { status: 401, headers: diagnostics(2000008), kind: 'consent', messageKey: 'consent.missing-role' },
  {
    status: 403,
    headers: policy('EWS is disabled for this user or tenant'),
    kind: 'blocked-by-policy',
    messageKey: 'policy.ews-disabled',
  },
  {
    status: 403,
    headers: policy('EWS is blocked by policy for this user or tenant'),
    kind: 'blocked-by-policy',
    messageKey: 'policy.ews-blocked',
  },
  { status: 403, headers: {}, kind: 'consent', messageKey: 'mailbox.access-denied' },
  { status: 404, headers: {}, kind: 'invalid', messageKey: 'http.no-ews-here' },
  {
    status: 302,
    headers: { location: 'https://other.example/' },
    kind: 'protocol',
    messageKey: 'http.redirected',
  },
  { status: 429, headers: { 'retry-after': '3' }, kind: 'throttled', messageKey: null },
  { status: 503, headers: { 'retry-after': '3' }, kind: 'throttled', messageKey: null },
  { status: 500, headers: {}, kind: 'unavailable', messageKey: null },
  { status: 502, headers: { 'content-type': 'text/xml' }, kind: 'unavailable', messageKey: null },
  { status: 204, headers: {}, kind: 'protocol', messageKey: null },
])('HTTP $status $headers is $kind', async ({ status, headers, kind, messageKey }) => {
  const { client } = await open((response) =>
    response.writeHead(status, headers as Record<string, string>).end(),
  )
  const error = await mailFailure(client.call(getFolder(inbox), signal))
  expect(error).toMatchObject({ kind, messageKey })
  expect(error.retryAfterMs).toBe('retry-after' in headers ? 3_000 : null)
  expect(error.retry).toBe(
    ['auth', 'consent', 'invalid', 'blocked-by-policy'].includes(kind) ? 'pause-mailbox' : 'later',
  )
})

const busyFault = (content: string) =>
  `<s:Envelope xmlns:s="urn:s"><s:Body><s:Fault><faultcode>a:ErrorServerBusy</faultcode><detail><ResponseCode>ErrorServerBusy</ResponseCode>${content}</detail></s:Fault></s:Body></s:Envelope>`
const backOff = (milliseconds: number) =>
  `<MessageXml><Value Name="BackOffMilliseconds">${milliseconds}</Value></MessageXml>`
const date = 'Wed, 25 Nov 2026 10:00:00 GMT'
const inAMinute = 'Wed, 25 Nov 2026 10:01:00 GMT'
const hours = 60 * 60_000

test.each([
  ['Retry-After in seconds', 503, { 'retry-after': '120' }, '', 120_000],
  ['Retry-After as a date, by the clock of the server', 503, { 'retry-after': inAMinute, date }, '', 60_000],
  ['a date that is over', 503, { 'retry-after': date, date: inAMinute }, '', 1_000],
  ['no Retry-After', 503, {}, '', null],
  ['a Retry-After that cannot be read', 429, { 'retry-after': 'soon' }, '', null],
  ['more than is reasonable', 429, { 'retry-after': '999999999' }, '', 6 * hours],
  ['BackOffMilliseconds in a fault', 500, {}, busyFault(backOff(297_749)), 297_749],
  ['Retry-After beside a fault that names no wait', 500, { 'retry-after': '5' }, busyFault(''), 5_000],
  [
    'the wait of the fault before that of the header',
    500,
    { 'retry-after': '5' },
    busyFault(backOff(9_000)),
    9_000,
  ],
  [
    'BackOffMilliseconds in a response message',
    200,
    {},
    envelope(
      `<R><ResponseMessages><M ResponseClass="Error"><ResponseCode>ErrorServerBusy</ResponseCode>${backOff(8_000)}</M></ResponseMessages></R>`,
    ),
    8_000,
  ],
])('throttled, the wait is known by %s', async (_, status, headers, body, retryAfterMs) => {
  const { client, requests } = await open((response) => {
    response.sendDate = !('date' in headers)
    response.writeHead(status, { 'content-type': 'text/xml', ...headers }).end(body)
  })
  expect(await mailFailure(client.call(getFolder(inbox), signal))).toMatchObject({
    kind: 'throttled',
    retry: 'later',
    retryAfterMs,
  })
  // Whoever asks again before the wait is over is made to wait longer.
  expect(requests).toHaveLength(1)
})

test.each([
  ['ErrorNonExistentMailbox', 'not-found', 'mailbox.unknown'],
  ['ErrorNonPrimarySmtpAddress', 'invalid', 'mailbox.not-primary'],
  ['ErrorImpersonateUserDenied', 'consent', 'mailbox.impersonation-denied'],
  ['ErrorAccessDenied', 'consent', 'mailbox.access-denied'],
])('%s pauses the mailbox, which is named in both languages', async (code, kind, messageKey) => {
  const { client } = await open((response) =>
    response
      .writeHead(500, { 'content-type': 'text/xml' })
      .end(busyFault('').replaceAll('ErrorServerBusy', code)),
  )
  const error = await mailFailure(client.call(getFolder(inbox), signal))
  expect(error).toMatchObject({ kind, messageKey, retry: 'pause-mailbox', providerCode: code })
  for (const locale of ['en', 'fr'] as const)
    expect(translator(locale)(`mail-errors:${messageKey}`, error.messageValues)).toContain(address)
})

test.each([401, 403])('HTTP %i with a token that holds no role is a missing consent', async (status) => {
  const { client } = await open((response) => response.writeHead(status).end(), withoutRole)
  expect(await mailFailure(client.call(getFolder(inbox), signal))).toMatchObject({
    kind: 'consent',
    messageKey: 'consent.missing-role',
  })
})

test('a redirect to another host is not followed, and the token does not reach it', async () => {
  const other = await open((response) => soap(response, folder))
  const { client, requests } = await open((response) =>
    response.writeHead(307, { location: `${other.server.origin}/EWS/Exchange.asmx` }).end(),
  )
  const error = await mailFailure(client.call(getFolder(inbox), signal))
  expect(error).toMatchObject({ kind: 'protocol', messageKey: 'http.redirected' })
  expect(error.messageValues.target).toBe(new URL(other.server.origin).host)
  expect(requests).toHaveLength(1)
  expect(other.requests).toHaveLength(0)
})

test('a redirect on the same host is followed with the whole call', async () => {
  const { client, requests } = await open((response, call) =>
    call === 1
      ? response.writeHead(302, { location: '/ews/exchange.asmx?server=7' }).end()
      : soap(response, folder),
  )
  expect(await client.call(getFolder(inbox), signal)).toMatchObject({ id: 'F1' })
  expect(requests.map(({ path }) => path)).toEqual(['/EWS/Exchange.asmx', '/ews/exchange.asmx?server=7'])
  expect(requests[1]).toMatchObject({ method: 'POST', body: requests[0]?.body })
})

test('redirects without end are given up', async () => {
  const { client, requests } = await open((response) =>
    response.writeHead(308, { location: '/EWS/Exchange.asmx' }).end(),
  )
  expect(await mailFailure(client.call(getFolder(inbox), signal))).toMatchObject({
    messageKey: 'http.redirected',
  })
  expect(requests).toHaveLength(4)
})

test('ten calls are in flight for a mailbox, and no more', async () => {
  const waiting: ServerResponse[] = []
  // A connection carries one call at a time, so there are never more calls than connections.
  const connections = new Set<unknown>()
  const { client } = await open((response, _, request) => {
    connections.add(request.socket)
    waiting.push(response)
    if (waiting.length === 10) for (const one of waiting.splice(0)) soap(one, folder)
  })
  const calls = Array.from({ length: 40 }, () => client.call(getFolder(inbox), signal))
  expect(await Promise.all(calls)).toHaveLength(40)
  expect(connections.size).toBe(10)
})

test('a call that is cut may have been carried out; one that never began was not', async () => {
  const { client, server } = await open((response) => response.destroy())
  expect(await mailFailure(client.call(getFolder(inbox), signal))).toMatchObject({
    kind: 'unavailable',
    mayHaveHappened: true,
  })
  await server[Symbol.asyncDispose]()
  expect(await mailFailure(client.call(getFolder(inbox), signal))).toMatchObject({
    kind: 'unavailable',
    providerCode: 'ECONNREFUSED',
    mayHaveHappened: false,
  })
})

test('reads each envelope of a stream as it comes, on the server that the cookie names', async () => {
  const message = (content: string) =>
    envelope(
      `<m:GetStreamingEventsResponse><m:ResponseMessages><m:M><m:ResponseCode>NoError</m:ResponseCode>${content}</m:M></m:ResponseMessages></m:GetStreamingEventsResponse>`,
    )
  const { client, requests } = await open((response, call) => {
    if (call === 1)
      return soap(response, folder, { 'set-cookie': 'X-BackEndOverrideCookie=server~7; path=/; secure' })
    response.writeHead(200, { 'content-type': 'text/xml' })
    response.write(message('<m:ConnectionStatus>OK</m:ConnectionStatus>'))
    response.write(
      message('<m:Notifications><m:Notification><t:NewMailEvent/></m:Notification></m:Notifications>'),
    )
    response.end(message('<m:ConnectionStatus>Closed</m:ConnectionStatus>'))
  })
  await client.call(getFolder(inbox), signal)
  const events: string[] = []
  for await (const event of client.stream(getStreamingEvents('S1'), signal)) events.push(event)
  expect(events).toEqual(['heartbeat', 'new-mail', 'closed'])
  expect(requests[1]?.headers.cookie).toBe('X-BackEndOverrideCookie=server~7')
})
