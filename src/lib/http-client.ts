/**
 * The HTTP client of one mailbox: TLS with the administrator's extra CA, kept-alive connections, and a bound on
 * every answer. Redirects are not followed: a bearer token must not travel to a host nobody configured.
 */

import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSecureContext } from 'node:tls'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import { authorities } from './authorities.ts'
import { isLoopback } from './is-loopback.ts'
import { openTunnel } from './open-tunnel.ts'
import { goesThrough, type ProxySettings } from './proxy-settings.ts'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: string
  /** From the call to the last byte of the answer; of a stream, to its first byte. */
  timeoutMs: number
  signal: AbortSignal
}

export interface HttpAnswer {
  status: number
  /** Lower-cased names; the values of a repeated header are joined as RFC 9110 5.3 says. */
  headers: Headers
  body: Uint8Array
}

export interface HttpStream {
  status: number
  headers: Headers
  body: AsyncIterable<Uint8Array>
}

export interface HttpClient {
  /** Sends a request and reads the whole answer. Throws `HttpAnswerTooLarge`, or what undici and Node throw. */
  request(request: HttpRequest): Promise<HttpAnswer>
  /**
   * Sends a request whose answer is read while it comes; `idleMs` without a byte ends it with an error. An answer whose
   * status is not 200 is read whole first, so that its connection is free again whatever the caller does with it.
   */
  stream(request: HttpRequest, idleMs: number): Promise<HttpStream>
  /** Lets what is under way come to its end, three seconds at most. */
  close(): Promise<void>
}

export class HttpAnswerTooLarge extends Error {
  override readonly name = 'HttpAnswerTooLarge'
}

export class PlainHttpRefused extends Error {
  override readonly name = 'PlainHttpRefused'
}

/** A message of 45 MB in a mailbox, the largest that is fetched, is 62 MB as MIME, and 83 MB in the base64 of EWS. */
const largestAnswer = 96 * 1024 * 1024

const unzip = promisify(gunzip)

export interface HttpClientSettings {
  /** Further trusted certificates, in PEM. */
  extraCa: string | null
  /** At most so many requests are in flight to a host; Microsoft advises 10 for EWS. */
  connections?: number
  /** What we call ourselves in each request; null leaves it to the request. */
  userAgent?: string | null
  proxy?: ProxySettings | null
}

/** A client for one mailbox. Plain HTTP is taken on loopback only. */
export function createHttpClient(settings: HttpClientSettings): HttpClient {
  const { extraCa, connections = 10, userAgent = null, proxy = null } = settings
  const named = userAgent === null ? {} : { 'user-agent': userAgent }
  const agent = new Agent({
    connections,
    // One request per connection keeps the count of requests in flight the count of connections.
    allowH2: false,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    connect: connectorFor(authorities(extraCa), proxy),
  })

  function send(request: HttpRequest, signal: AbortSignal, bodyTimeout: number) {
    const url = new URL(request.url)
    if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
      throw new PlainHttpRefused(`Plain HTTP is refused off loopback: ${url.host}`)
    }
    return agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method,
      headers: { ...request.headers, ...named },
      body: request.body ?? null,
      signal,
      headersTimeout: request.timeoutMs,
      bodyTimeout,
    })
  }

  async function ask(request: HttpRequest): Promise<HttpAnswer> {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(request.timeoutMs)])
    const headersSent = { ...request.headers, 'accept-encoding': 'gzip' }
    const answer = await send({ ...request, headers: headersSent }, signal, request.timeoutMs)
    const headers = readHeaders(answer)
    const body = await readWhole(answer.body)
    const zipped = headers.get('content-encoding') === 'gzip'
    return { status: answer.statusCode, headers, body: zipped ? await unzipBounded(body) : body }
  }

  const underWay = new Set<Promise<HttpAnswer>>()
  return {
    async request(request) {
      const answered = ask(request).finally(() => underWay.delete(answered))
      underWay.add(answered)
      return answered
    },
    async stream(request, idleMs) {
      const answer = await send(request, request.signal, idleMs)
      const body = answer.statusCode === 200 ? answer.body : Readable.from([await readWhole(answer.body)])
      return { status: answer.statusCode, headers: readHeaders(answer), body }
    },
    async close() {
      await Promise.race([Promise.allSettled(underWay), sleep(LEAVE_MS, undefined, { ref: false })])
      await agent.destroy()
    },
  }
}

const connectMs = 15_000
/** A mail whose sending is cut off would have to be looked for. */
const LEAVE_MS = 3_000

/** Connects as undici does, through the proxy where it is to be. */
function connectorFor(ca: string[], proxy: ProxySettings | null): buildConnector.connector {
  const connect = connectorOnTls(ca)
  if (proxy === null) return connect
  return (options, callback) => {
    const { hostname, protocol } = options
    const target = { hostname, port: Number(options.port) || (protocol === 'https:' ? 443 : 80) }
    if (!goesThrough(proxy, target.hostname, target.port)) return connect(options, callback)
    openTunnel(proxy.url, target, { ca, timeoutMs: connectMs }).then(
      (httpSocket) => connect({ ...options, httpSocket }, callback),
      (error: Error) => callback(error, null),
    )
  }
}

/** Every connection shares one TLS context: to read the system's authorities again holds the process up for 15 ms. */
function connectorOnTls(ca: string[]): buildConnector.connector {
  let connect: buildConnector.connector | null = null
  return (options, callback) => {
    // With the first connection, so that it fails where a certificate that cannot be read is told of.
    connect ??= buildConnector({
      secureContext: createSecureContext({ ca }),
      timeout: connectMs,
      allowH2: false,
    })
    connect(options, callback)
  }
}

function readHeaders(answer: Dispatcher.ResponseData): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one)
  }
  return headers
}

async function readWhole(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > largestAnswer) throw new HttpAnswerTooLarge(`The answer is larger than ${largestAnswer} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

async function unzipBounded(body: Uint8Array): Promise<Uint8Array> {
  try {
    return await unzip(body, { maxOutputLength: largestAnswer })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error
    throw new HttpAnswerTooLarge(`The answer unzips to more than ${largestAnswer} bytes`, { cause: error })
  }
}
