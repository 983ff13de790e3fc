import * as http from 'node:http'
import * as https from 'node:https'
import type { Socket } from 'node:net'

/** Why there is no way through a proxy. Nothing was sent to the server behind it. */
export type ProxyProblem =
  /** It did not answer. */
  | 'no-answer'
  /** It wants to be signed in to, or took not what we signed in with (407). */
  | 'sign-in'
  /** It lets nobody through to that server. */
  | 'refused'

export class ProxyFailed extends Error {
  override readonly name = 'ProxyFailed'
  readonly problem: ProxyProblem
  /** Host and port of the proxy. */
  readonly proxy: string
  /** What it answered, or the code of Node's error. */
  readonly code: string

  constructor(problem: ProxyProblem, proxy: string, code: string) {
    super(`The proxy ${proxy} opened no way (${code})`)
    this.problem = problem
    this.proxy = proxy
    this.code = code
  }
}

/**
 * A connection to a server through an HTTP proxy (CONNECT, RFC 9110 9.3.6). What is spoken in it is between us and the
 * server: TLS is checked as if there were no proxy. Throws `ProxyFailed`.
 */
export async function openTunnel(
  proxyUrl: string,
  target: { hostname: string; port: number },
  { ca, timeoutMs }: { ca: string[]; timeoutMs: number },
): Promise<Socket> {
  const proxy = new URL(proxyUrl)
  const authority = `${target.hostname}:${target.port}`
  const options = {
    method: 'CONNECT',
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port,
    path: authority,
    headers: { host: authority, ...signInOf(proxy) },
    agent: false,
    timeout: timeoutMs,
  } as const
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const fail = (problem: ProxyProblem, code: string) => reject(new ProxyFailed(problem, proxy.host, code))
  const request = proxy.protocol === 'https:' ? https.request({ ...options, ca }) : http.request(options)
  request.once('connect', ({ statusCode = 0 }, socket: Socket, head: Buffer) => {
    if (statusCode >= 200 && statusCode < 300) {
      socket.setTimeout(0)
      // A server that speaks first may have done so already.
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
      return
    }
    socket.destroy()
    fail(statusCode === 407 ? 'sign-in' : 'refused', `HTTP ${statusCode}`)
  })
  // Not as CONNECT is answered: no proxy stands there.
  request.once('response', (response) => {
    response.destroy()
    fail('refused', `HTTP ${response.statusCode}`)
  })
  request.once('timeout', () => request.destroy(Object.assign(new Error('Too slow'), { code: 'ETIMEDOUT' })))
  request.once('error', ({ code, name }: NodeJS.ErrnoException) => fail('no-answer', code ?? name))
  request.end()
  return promise
}

/** RFC 7617, from what stands in the URL. */
function signInOf({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
