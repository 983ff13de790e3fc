import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startConnectProxy } from '../../test/support/connect-proxy.ts'
import { startTlsServer } from '../../test/support/tls-server.ts'
import { networkError } from '../mail/network-error.ts'
import { createHttpClient } from './http-client.ts'
import { translator } from './translate.ts'

const signal = new AbortController().signal

/** A server of the name `mail.contoso.example`, and a client that calls it through this proxy. */
async function open(proxyUrl: string, exceptions = '') {
  const seen: { authorization: string | undefined; proxyAuthorization: string | undefined }[] = []
  const server = await startTlsServer(({ headers }, answer) => {
    seen.push({ authorization: headers.authorization, proxyAuthorization: headers['proxy-authorization'] })
    answer.end('hello')
  })
  const { port } = new URL(server.origin)
  const host = `mail.contoso.example:${port}`
  const clientOf = (extraCa: string | null) => {
    const http = createHttpClient({ extraCa, proxy: { url: proxyUrl, exceptions } })
    onTestFinished(() => http.close())
    return (url: string) =>
      http.request({ method: 'GET', url, headers: { authorization: 'Bearer x' }, timeoutMs: 10_000, signal })
  }
  onTestFinished(() => server[Symbol.asyncDispose]())
  return {
    host,
    port,
    origin: server.origin,
    seen,
    get: clientOf(server.caPem),
    getAsStranger: clientOf(null),
  }
}

async function failureOf(call: Promise<unknown>, host: string) {
  const error = await call.then(
    () => expect.unreachable(),
    (thrown: unknown) => networkError(thrown, host),
  )
  const [en, fr] = (['en', 'fr'] as const).map((locale) =>
    translator(locale)(`mail-errors:${error.messageKey}`, error.messageValues),
  )
  return { error, texts: [en, fr] }
}

test('a server is called through the proxy, which learns its name and no credential', async () => {
  const proxy = await startConnectProxy()
  const { host, get, seen } = await open(proxy.url)
  const answer = await get(`https://${host}/`)
  expect(Buffer.from(answer.body).toString()).toBe('hello')
  await get(`https://${host}/again`)
  expect(new Set(proxy.asked)).toEqual(new Set([host]))
  expect(new Set(proxy.signedIn)).toEqual(new Set([undefined]))
  expect(seen).toEqual([
    { authorization: 'Bearer x', proxyAuthorization: undefined },
    { authorization: 'Bearer x', proxyAuthorization: undefined },
  ])
})

test('the proxy is signed in to with what stands in its URL', async () => {
  const proxy = await startConnectProxy()
  const { host, get, seen } = await open(proxy.url.replace('//', '//svc%40contoso:p%3A%C3%A4ss@'))
  await get(`https://${host}/`)
  expect(proxy.signedIn).toEqual([`Basic ${Buffer.from('svc@contoso:p:äss').toString('base64')}`])
  expect(seen[0]?.proxyAuthorization).toBeUndefined()
})

test('the certificate of the server behind the proxy is checked', async () => {
  const proxy = await startConnectProxy()
  const { host, port, get, getAsStranger } = await open(proxy.url)
  await expect(getAsStranger(`https://${host}/`)).rejects.toMatchObject({
    code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  })
  await expect(get(`https://other.contoso.example:${port}/`)).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  })
})

test('loopback and what NO_PROXY names is not called through it', async () => {
  const proxy = await startConnectProxy()
  const { origin, get, host } = await open(proxy.url, 'contoso.example')
  await get(origin)
  // Without the proxy nobody knows that name here.
  await expect(get(`https://${host}/`)).rejects.toThrow()
  expect(proxy.asked).toEqual([])
})

test.each([
  [407, 'network.proxy-sign-in'],
  [403, 'network.proxy-refused'],
  [502, 'network.proxy-refused'],
])('a proxy that answers %d is told apart from the server', async (refusal, messageKey) => {
  const proxy = await startConnectProxy({ refusal })
  const { host, get } = await open(proxy.url.replace('//', '//svc:hunter2@'))
  const { error, texts } = await failureOf(get(`https://${host}/`), host)
  expect(error).toMatchObject({
    kind: 'unavailable',
    retry: 'later',
    messageKey,
    providerCode: `HTTP ${refusal}`,
    mayHaveHappened: false,
  })
  for (const text of texts) expect(text).toContain(new URL(proxy.url).host)
  expect(`${texts} ${error.message} ${error.stack} ${JSON.stringify(error)} ${error.cause}`).not.toContain(
    'hunter2',
  )
})

test('a proxy that is down is named, not the server', async () => {
  const { host, get } = await open('http://127.0.0.1:1')
  const { error, texts } = await failureOf(get(`https://${host}/`), host)
  expect(error).toMatchObject({
    messageKey: 'network.proxy-no-answer',
    providerCode: 'ECONNREFUSED',
    mayHaveHappened: false,
  })
  for (const text of texts) expect(text).toContain('127.0.0.1:1')
})

test.each([
  ['hangs up', (socket: { destroy(): void }) => socket.destroy(), 'network.proxy-no-answer'],
  [
    'speaks something else',
    (socket: { end(text: string): void }) => socket.end('220 mail.contoso.example ESMTP\r\n'),
    'network.proxy-no-answer',
  ],
  [
    'answers without opening a way',
    (socket: { end(text: string): void }) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
    null,
  ],
])('what stands there and %s is a failure, and no crash', async (_, answer, messageKey) => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => answer(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { host, get } = await open(`http://127.0.0.1:${(server.address() as { port: number }).port}`)
  const { error } = await failureOf(get(`https://${host}/`), host)
  expect(error.kind).toBe('unavailable')
  if (messageKey !== null) expect(error.messageKey).toBe(messageKey)
})
