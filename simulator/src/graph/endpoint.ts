import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { BodyTooLarge, readBody } from '../http/read-body.ts'
import { send } from '../http/send.ts'
import { sendInPieces, transmissionOf } from '../http/transmission.ts'
import { firstTenant, type World } from '../world.ts'
import { authorise } from './authorise.ts'
import { GraphError } from './graph-error.ts'
import { operationOf, perform } from './perform.ts'
import type { GraphRequest, Performed } from './request.ts'
import { answerFailure, writeAnswer } from './write-answer.ts'

/** Graph takes requests of up to 4 MB; larger attachments need an upload session. */
const BODY_LIMIT = 4 * 1024 * 1024

/** Microsoft Graph under `/v1.0`. Answers `false` for any other path. */
export async function graphEndpoint(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  if (!url.pathname.toLowerCase().startsWith('/v1.0/')) return false
  const read = await readRequest(request, url)
  const fault = world.faults.take(operationOf(read))
  const { roundTripMs } = firstTenant(world)
  const performed = await answerOuter(world, read, (access) =>
    perform(world, access, read, { isWithinBatch: false, fault, roundTripMs }),
  )
  const transmission = transmissionOf(fault)
  const { status, headers, content } = performed
  if (performed.isCut) response.destroy()
  else if (transmission) sendInPieces(response, status, headers, content, transmission)
  else sendWhole(read, response, performed)
  return true
}

interface ReadRequest extends GraphRequest {
  isTooLarge: boolean
}

async function readRequest(request: IncomingMessage, url: URL): Promise<ReadRequest> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
  )
  const body = await readBody(request, BODY_LIMIT).catch((error: unknown) => {
    if (error instanceof BodyTooLarge) return null
    throw error
  })
  return {
    method: request.method ?? 'GET',
    origin: `${'encrypted' in request.socket ? 'https' : 'http'}://${headers.host}`,
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: body ?? Buffer.alloc(0),
    isTooLarge: body === null,
  }
}

/** The token is looked at before anything else of a request. */
async function answerOuter(
  world: World,
  request: ReadRequest,
  answer: (access: ReturnType<typeof authorise>) => Promise<Performed>,
): Promise<Performed> {
  try {
    const access = authorise(world, request.headers)
    if (request.isTooLarge)
      throw new GraphError(413, 'ErrorMessageSizeExceeded', 'The maximum request length supported is 4MB.')
    return await answer(access)
  } catch (error) {
    const refused = writeAnswer(answerFailure(error, request, world.clock.now()), request)
    world.calls.record(operationOf(request), {
      items: 0,
      requestBytes: request.body.length,
      bytes: refused.content.length,
    })
    return refused
  }
}

/** Compressed for a client that offers to take it so, as Graph does. */
function sendWhole(
  request: GraphRequest,
  response: ServerResponse,
  { status, headers, content }: Performed,
): void {
  const isAccepted = /\bgzip\b/i.test(request.headers['accept-encoding'] ?? '') && content.length > 0
  if (status === 204) response.writeHead(status, headers).end()
  else if (isAccepted) {
    const written = { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' }
    send(response, status, written, gzipSync(content, { level: 1 }))
  } else send(response, status, headers, content)
}
