/**
 * Calls EWS operations on behalf of one mailbox: proof of who calls, headers, redirects, and every failure as
 * `MailError`. Nothing is retried here but a refused token, once.
 */
import { randomUUID } from 'node:crypto'
import type { HttpAnswer, HttpClient, HttpRequest, HttpStream } from '../../lib/http-client.ts'
import type { Log } from '../../lib/log.ts'
import { networkError } from '../network-error.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { Caller } from './caller.ts'
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
  caller: Caller
  http: HttpClient
  log: Log
}

/** EWS gives a batch one minute; the rest is for the way. */
const timeoutMs = 100_000

/** Exchange sends a heartbeat every 45 seconds; the EWS Managed API gives up after two. */
const streamIdleMs = 90_000

/** `url` is that of Exchange.asmx, `address` the SMTP address of the mailbox. */
export function createEwsClient(url: string, address: string, parts: EwsClientParts): EwsClient {
  const { caller, http, log } = parts
  const { host } = new URL(url)
  /** Which server holds this mailbox's subscriptions; Exchange tells by a cookie. */
  let backEnd: string | null = null

  /** Sends with a proof of who calls; where a refused one can be replaced, the call is made once more. */
  async function send<Answer extends HttpAnswer | HttpStream>(
    operation: Operation<unknown>,
    signal: AbortSignal,
    transmit: (request: HttpRequest) => Promise<Answer>,
  ): Promise<{ answer: Answer; authorization: string }> {
    const body = writeEnvelope(operation.body, caller.impersonates ? address : null)
    const post = async (target: string, authorization: string) => {
      const requestId = randomUUID()
      const headers = headersFor(authorization, requestId)
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
      const authorization = await caller.authorization(signal)
      let answer = await post(url, authorization)
      let target = redirectTarget(url, answer)
      for (let hops = 0; target !== null && hops < mostRedirects; hops += 1) {
        answer = await post(target, authorization)
        target = redirectTarget(target, answer)
      }
      return { answer, authorization }
    }
    const first = await attempt()
    return first.answer.status === 401 && caller.reject(first.authorization) ? attempt() : first
  }

  function headersFor(authorization: string, requestId: string): Record<string, string> {
    return {
      authorization,
      'content-type': 'text/xml; charset=utf-8',
      ...(caller.impersonates ? { 'x-anchormailbox': address } : {}),
      // Subscriptions live on one server: without affinity the next call may land beside them.
      'x-preferserveraffinity': 'true',
      ...(backEnd === null ? {} : { cookie: `X-BackEndOverrideCookie=${backEnd}` }),
      'client-request-id': requestId,
      'return-client-request-id': 'true',
    }
  }

  return {
    async call(operation, signal) {
      const { answer, authorization } = await send(operation, signal, http.request)
      const isSoap = answer.headers.get('content-type')?.includes('xml') ?? false
      // A fault comes with status 500. Other statuses are the front door's, whatever their body says.
      if (answer.status !== 200 && !(answer.status === 500 && isSoap)) {
        throw httpStatusError(answer, { caller, authorization, address, host })
      }
      const text = new TextDecoder().decode(answer.body)
      const response = readEnvelope(text, address, retryAfterMs(answer.headers))
      return operation.read(readResponseMessages(response, operation.count, address))
    },

    async *stream(operation, signal) {
      const { answer, authorization } = await send(operation, signal, (request) =>
        http.stream(request, streamIdleMs),
      )
      if (answer.status !== 200 && answer.status !== 500) {
        throw httpStatusError(answer, { caller, authorization, address, host })
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
