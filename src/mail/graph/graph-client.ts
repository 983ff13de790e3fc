/**
 * Calls Microsoft Graph for one mailbox: token, headers, and every failure as `MailError`. Nothing is retried here but
 * a refused token, once.
 */
import { randomUUID } from 'node:crypto'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../lib/http-client.ts'
import type { Log } from '../../lib/log.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import { MailError } from '../errors.ts'
import { networkError } from '../network-error.ts'
import { graphError, type Refusal } from './error-codes.ts'

export interface GraphRequest {
  /** For the log: what is done, without ids. */
  name: string
  method: HttpRequest['method']
  /** Below the version, with its query; or an absolute link that Graph gave, which must be of the same host. */
  url: string
  /** Values for the Prefer header beside the kind of ids. */
  prefer?: string
  body?: { type: 'application/json' | 'text/plain'; content: string }
}

export interface GraphClient {
  /** The answer's JSON; null when it has no body. Throws `MailError` for everything but a 2xx. */
  call(request: GraphRequest, signal: AbortSignal): Promise<unknown>
  /** The answer's octets, of a resource that is no JSON. Throws like `call`. */
  octets(request: GraphRequest, signal: AbortSignal): Promise<Uint8Array>
  /** The error for the answer of one request inside a batch. */
  refusal(refusal: Refusal): MailError
}

interface GraphClientParts {
  tokens: TokenSource
  http: HttpClient
  log: Log
}

const timeoutMs = 100_000

/** Ids that stay what they are when a message is moved. Asked for in every call, for one answers as it was asked. */
const immutableIds = 'IdType="ImmutableId"'

/** `base` is Graph's root with its version, such as `https://graph.microsoft.com/v1.0`; `address` the mailbox. */
export function createGraphClient(base: string, address: string, parts: GraphClientParts): GraphClient {
  const { tokens, http, log } = parts
  const { host, origin } = new URL(base)
  /** The token that was taken last, for the diagnosis of a refusal. */
  let lastToken = ''

  async function attempt(
    request: GraphRequest,
    signal: AbortSignal,
  ): Promise<HttpAnswer & { token: string }> {
    const { name, method, prefer, body } = request
    const token = await tokens.token(signal)
    const requestId = randomUUID()
    const headers = {
      authorization: `Bearer ${token}`,
      'client-request-id': requestId,
      prefer: prefer === undefined ? immutableIds : `${immutableIds}, ${prefer}`,
      ...(body === undefined ? {} : { 'content-type': body.type }),
    }
    const startedAt = performance.now()
    const answer = await http
      .request({
        method,
        url: absolute(request.url),
        headers,
        ...(body === undefined ? {} : { body: body.content }),
        timeoutMs,
        signal,
      })
      .catch((error: unknown) => {
        throw networkError(error, host)
      })
    const elapsedMs = Math.round(performance.now() - startedAt)
    log.debug({ operation: name, status: answer.status, elapsedMs, requestId }, 'Graph call')
    lastToken = token
    return { ...answer, token }
  }

  /** Links are followed as they came, but the token goes to no host that nobody configured. */
  function absolute(url: string): string {
    if (url.startsWith('/')) return base + url
    if (URL.parse(url)?.origin === origin) return url
    throw new MailError(`Graph sent a link to another host than ${host}`, {
      kind: 'protocol',
      retry: 'later',
      providerCode: 'foreign-link',
    })
  }

  const refusal = (answer: Refusal) => graphError(answer, { token: lastToken, address, host })

  /** The body of a 2xx; a refused token is dropped and the call made once more. */
  async function send(request: GraphRequest, signal: AbortSignal): Promise<Uint8Array> {
    let answer = await attempt(request, signal)
    if (answer.status === 401) {
      tokens.reject(answer.token)
      answer = await attempt(request, signal)
    }
    if (answer.status >= 200 && answer.status < 300) return answer.body
    throw refusal({ ...answer, body: parse(answer.body) })
  }

  return {
    refusal,
    octets: send,
    async call(request, signal) {
      const octets = await send(request, signal)
      if (octets.byteLength === 0) return null
      const body = parse(octets)
      if (body === undefined) throw unreadable(host)
      return body
    },
  }
}

/** The JSON in an answer; undefined when it is none. */
function parse(octets: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(octets))
  } catch {
    return undefined
  }
}

function unreadable(host: string): MailError {
  return new MailError(`${host} answered what is no JSON`, {
    kind: 'protocol',
    retry: 'later',
    providerCode: 'unreadable-answer',
    mayHaveHappened: true,
  })
}
