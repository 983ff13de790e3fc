import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerFault, delayFault } from '../http/answer-fault.ts'
import { readBody } from '../http/read-body.ts'
import { retryAfterHeader } from '../http/retry-after.ts'
import { send } from '../http/send.ts'
import { sendInPieces, transmissionOf } from '../http/transmission.ts'
import { firstTenant, type World } from '../world.ts'
import { grantToken, type TokenAnswer } from './grant-token.ts'
import { laidError, type TokenError } from './token-error.ts'

const BODY_LIMIT = 64 * 1024

/** `POST /{tenant}/oauth2/v2.0/token`. Answers `false` for any other path. */
export async function tokenEndpoint(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<boolean> {
  const tenant = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path)?.[1]
  if (tenant === undefined) return false
  if (request.method !== 'POST') {
    send(response, 405, { allow: 'POST' }, '')
    return true
  }
  const body = (await readBody(request, BODY_LIMIT)).toString('utf8')
  const fault = world.faults.take('Token')
  const record = (bytes: number) =>
    world.calls.record('Token', { items: 1, requestBytes: body.length, bytes })
  await delayFault(fault, firstTenant(world).roundTripMs)
  if (answerFault(response, fault, world.clock.now(), record)) return true

  const laid = typeof fault === 'object' && fault !== null && 'aadsts' in fault ? fault : null
  const answer = laid
    ? laidError(laid.aadsts)
    : grantToken(world, {
        tenant: decodeURIComponent(tenant),
        contentType: request.headers['content-type'] ?? '',
        body,
        url: `${'encrypted' in request.socket ? 'https' : 'http'}://${request.headers.host}${path}`,
        authorization: request.headers.authorization,
      })
  if (fault === 'cutAfter') {
    record(0)
    response.destroy()
    return true
  }
  const { status, content } = writeAnswer(answer, world.clock.now(), request.headers['client-request-id'])
  record(Buffer.byteLength(content))
  const headers = {
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
    'content-type': 'application/json; charset=utf-8',
    'x-ms-request-id': randomUUID(),
    'x-ms-ests-server': '2.1.23456.7 - WEULR1 ProdSlices',
    ...retryAfterHeader(laid?.retryAfter, world.clock.now()),
  }
  const transmission = transmissionOf(fault)
  if (transmission) sendInPieces(response, status, headers, content, transmission)
  else send(response, status, headers, content)
  return true
}

function writeAnswer(
  answer: TokenAnswer,
  now: number,
  clientRequestId: string | string[] | undefined,
): { status: number; content: string } {
  if ('token' in answer) {
    const { token, expiresIn } = answer
    const body = {
      token_type: 'Bearer',
      expires_in: expiresIn,
      ext_expires_in: expiresIn,
      access_token: token,
    }
    return { status: 200, content: JSON.stringify(body) }
  }
  return {
    status: answer.status,
    content: JSON.stringify(errorBody(answer, now, String(clientRequestId ?? ''))),
  }
}

/** Entra's error body; since 2024 the tail of the description is set off by single blanks. */
function errorBody(refusal: TokenError, now: number, clientRequestId: string): object {
  const traceId = randomUUID()
  const isGuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientRequestId)
  const correlationId = isGuid ? clientRequestId : randomUUID()
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`
  return {
    error: refusal.error,
    error_description: `AADSTS${refusal.code}: ${refusal.text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [refusal.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
  }
}
