import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { startTlsServer } from '../../test/support/tls-server.ts'
import { createHttpClient, type HttpRequest } from './http-client.ts'
import { isLoopback } from './is-loopback.ts'

function get(url: string): HttpRequest {
  return { method: 'GET', url, headers: {}, timeoutMs: 10_000, signal: new AbortController().signal }
}

async function open(handler: Parameters<typeof startTlsServer>[0]) {
  const server = await startTlsServer(handler)
  const http = createHttpClient({ extraCa: server.caPem })
  onTestFinished(async () => {
    await http.close()
    await server[Symbol.asyncDispose]()
  })
  return { server, http }
}

test('trusts the extra CA and refuses a server that only an unknown one vouches for', async () => {
  const { server, http } = await open((_, answer) => answer.end('hello'))
  const stranger = createHttpClient({ extraCa: null })
  onTestFinished(() => stranger.close())

  const answer = await http.request(get(server.origin))
  expect(Buffer.from(answer.body).toString()).toBe('hello')
  await expect(stranger.request(get(server.origin))).rejects.toMatchObject({
    code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  })
})

test('calls itself in each request what it was told to, whatever a library calls it', async () => {
  const { server } = await open(({ headers }, answer) => answer.end(headers['user-agent']))
  const ca = await readFile(new URL('../../test/fixtures/tls/authority.pem', import.meta.url), 'utf8')
  const http = createHttpClient({ extraCa: ca, userAgent: 'Contoso approvals/2' })
  onTestFinished(() => http.close())
  const answer = await http.request({ ...get(server.origin), headers: { 'user-agent': 'openid-client/6' } })
  expect(Buffer.from(answer.body).toString()).toBe('Contoso approvals/2')
})

test('does not follow a redirect', async () => {
  let calls = 0
  const { server, http } = await open((_, answer) => {
    calls += 1
    answer.writeHead(302, { location: 'https://elsewhere.example/' }).end()
  })
  expect((await http.request(get(server.origin))).status).toBe(302)
  expect(calls).toBe(1)
})

test('unzips an answer, and refuses one that unzips beyond the bound', async () => {
  const bomb = gzipSync(Buffer.alloc(97 * 1024 * 1024))
  const { server, http } = await open((request, answer) => {
    answer.writeHead(200, { 'content-encoding': 'gzip' })
    answer.end(request.url === '/bomb' ? bomb : gzipSync('zipped'))
  })
  const answer = await http.request(get(`${server.origin}/`))
  expect(Buffer.from(answer.body).toString()).toBe('zipped')
  await expect(http.request(get(`${server.origin}/bomb`))).rejects.toMatchObject({
    name: 'HttpAnswerTooLarge',
  })
})

test('stops reading an answer without end', async () => {
  const block = Buffer.alloc(1024 * 1024)
  const { server, http } = await open((_, answer) => {
    const pour = () => {
      while (!answer.destroyed && answer.write(block)) {}
    }
    answer.on('drain', pour)
    pour()
  })
  await expect(http.request(get(server.origin))).rejects.toMatchObject({ name: 'HttpAnswerTooLarge' })
})

test('holds at most so many requests in flight', async () => {
  let inFlight = 0
  let most = 0
  const { server, http } = await open((_, answer) => {
    inFlight += 1
    most = Math.max(most, inFlight)
    setImmediate(() => {
      inFlight -= 1
      answer.end()
    })
  })
  await Promise.all(Array.from({ length: 40 }, () => http.request(get(server.origin))))
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(10)
})

test('gives a stream out while it comes, and ends one that falls silent', async () => {
  const { server, http } = await open((_, answer) => {
    answer.write('first')
  })
  const { body } = await http.stream(get(server.origin), 50)
  const chunks: string[] = []
  const reading = (async () => {
    for await (const chunk of body) chunks.push(Buffer.from(chunk).toString())
  })()
  await expect(reading).rejects.toMatchObject({ code: 'UND_ERR_BODY_TIMEOUT' })
  expect(chunks).toEqual(['first'])
})

test('lets what is under way come to its end when it is closed, and ends what hangs', async () => {
  const arrived = [Promise.withResolvers<() => void>(), Promise.withResolvers<() => void>()]
  const { server, http } = await open(({ url }, answer) => {
    arrived[url === '/slow' ? 0 : 1]?.resolve(() => answer.end('done'))
  })
  const slow = http.request(get(`${server.origin}/slow`))
  const hanging = http.request(get(`${server.origin}/hangs`))
  hanging.catch(() => undefined)
  const [endSlow] = await Promise.all(arrived.map(({ promise }) => promise))
  const closed = http.close()
  endSlow?.()
  expect(Buffer.from((await slow).body).toString()).toBe('done')
  await closed
  await expect(hanging).rejects.toMatchObject({ code: 'UND_ERR_DESTROYED' })
})

test('refuses plain HTTP off loopback before a byte is sent', async () => {
  const http = createHttpClient({ extraCa: null })
  onTestFinished(() => http.close())
  await expect(http.request(get('http://mail.contoso.example/'))).rejects.toMatchObject({
    name: 'PlainHttpRefused',
  })
})

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.8.0.9', true],
  ['[::1]', true],
  ['127.0.0.1.contoso.example', false],
  ['localhost.contoso.example', false],
  ['10.0.0.1', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})
