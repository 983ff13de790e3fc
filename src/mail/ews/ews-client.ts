/**
 * Calls EWS operations on behalf of one mailbox: token, headers, impersonation, redirects, and every failure as
 * `MailError`. Nothing is retried here but a refused token, once.
 */
import { randomUUID } from 'node:crypto'
import packageJson from '../../../package.json' with { type: 'json' }
import type { HttpAnswer, HttpClient, HttpRequest, HttpStream } from '../../lib/http-client.ts'
import type { Log } from '../../lib/log.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import { networkError } from '../network-error.ts'
import { retryAfterMs } from '../retry-after.ts'
import { splitEnvelopes } from './envelope-splitter.ts'
import { httpStatusError } from './http-status.ts'
import type { Operation } from './operation.ts'
import { mostRedirects, redirectTarget } from './redirect.ts'
import { readMessages, readResponseMessages, unreadable } from './response-message.ts'
import { readEnvelope, writeEnvelope } from './soap-envelope.ts'
import { traceCall } from './trace-call.ts'

export interface EwsClient {
  /** Throws `MailError` when the call failed as a whole. */
  call<Answer>(operation: Operation<Answer>, signal: AbortSignal): Promise<Answer>
  /** Calls an operation whose answer is a sequence of envelopes, each read as it comes. */
  stream<Answer>(operation: Operation<Answer>, signal: AbortSignal): AsyncGenerator<Answer>
}

interface EwsClientParts {
  tokens: TokenSource
  http: HttpClient
  log: Log
}

/** EWS gives a batch one minute; the rest is for the way. */
const timeoutMs = 100_000

/** Exchange sends a heartbeat every 45 seconds; the EWS Managed API gives up after two. */
const streamIdleMs = 90_000

/** Policies of a tenant may name it (EwsAllowList), so it stays what it is. */
const userAgent = `Countersign/${packageJson.version}`

/** `url` is that of Exchange.asmx, `address` the SMTP address of the mailbox. */
export function createEwsClient(url: string, address: string, parts: EwsClientParts): EwsClient {
  const { tokens, http, log } = parts
  const { host } = new URL(url)
  /** Which server holds this mailbox's subscriptions; Exchange tells by a cookie. */
  let backEnd: string | null = null

  /** Sends with a token; a refused one is dropped and the call made once more. */
  async function send<Answer extends HttpAnswer | HttpStream>(
    operation: Operation<unknown>,
    signal: AbortSignal,
    transmit: (request: HttpRequest) => Promise<Answer>,
  ): Promise<{ answer: Answer; token: string }> {
    const body = writeEnvelope(operation.body, address)
    const post = async (target: string, token: string) => {
      const requestId = randomUUID()
      const headers = headersFor(token, requestId)
      const startedAt = performance.now()
      const answer = await transmit({ method: 'POST', url: target, headers, body, timeoutMs, signal }).catch(
        (error) => {
          throw networkError(error, new URL(target).host)
        },
      )
      const elapsedMs = Math.round(performance.now() - startedAt)
      const { status } = answer
      log.debug(
        { operation: operation.name, items: operation.count, status, elapsedMs, requestId },
        'EWS call',
      )
      traceCall(log, { operation: operation.name, requestId, url: target, body, answer })
      backEnd = backEndCookie(answer.headers) ?? backEnd
      return answer
    }
    const attempt = async () => {
      const token = await tokens.token(signal)
      let answer = await post(url, token)
      let target = redirectTarget(url, answer)
      for (let hops = 0; target !== null && hops < mostRedirects; hops += 1) {
        answer = await post(target, token)
        target = redirectTarget(target, answer)
      }
      return { answer, token }
    }
    const first = await attempt()
    if (first.answer.status !== 401) return first
    tokens.reject(first.token)
    return attempt()
  }

  function headersFor(token: string, requestId: string): Record<string, string> {
    return {
      authorization: `Bearer ${token}`,
      'content-type': 'text/xml; charset=utf-8',
      'user-agent': userAgent,
      'x-anchormailbox': address,
      // Subscriptions live on one server: without affinity the next call may land beside them.
      'x-preferserveraffinity': 'true',
      ...(backEnd === null ? {} : { cookie: `X-BackEndOverrideCookie=${backEnd}` }),
      'client-request-id': requestId,
      'return-client-request-id': 'true',
    }
  }

  return {
    async call(operation, signal) {
      const { answer, token } = await send(operation, signal, http.request)
      const isSoap = answer.headers.get('content-type')?.includes('xml') ?? false
      // A fault comes with status 500. Other statuses are the front door's, whatever their body says.
      if (answer.status !== 200 && !(answer.status === 500 && isSoap)) {
        throw httpStatusError(answer, { token, address, host })
      }
      const text = new TextDecoder().decode(answer.body)
      const response = readEnvelope(text, address, retryAfterMs(answer.headers))
      return operation.read(readResponseMessages(response, operation.count, address))
    },

    async *stream(operation, signal) {
      const { answer, token } = await send(operation, signal, (request) => http.stream(request, streamIdleMs))
      if (answer.status !== 200 && answer.status !== 500) {
        throw httpStatusError(answer, { token, address, host })
      }
      for await (const envelope of splitEnvelopes(chunksOf(answer, host))) {
        yield operation.read(readMessages(readEnvelope(envelope, address), address))
      }
      if (answer.status === 500) throw unreadable('HTTP 500 without a fault')
    },
  }
}

/** The chunks of a stream, a failing network being told apart from a fault of ours in reading them. */
async function* chunksOf(answer: HttpStream, host: string): AsyncGenerator<Uint8Array> {
  try {
    yield* answer.body
  } catch (error) {
    throw networkError(error, host)
  }
}

function backEndCookie(headers: Headers): string | null {
  const cookie = headers.getSetCookie().find((value) => value.startsWith('X-BackEndOverrideCookie='))
  return /^[^=]+=([^;\s]*)/.exec(cookie ?? '')?.[1] ?? null
}
