import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Transmission } from '../faults.ts'
import { answerFault, delayFault } from '../http/answer-fault.ts'
import { readBody } from '../http/read-body.ts'
import { retryAfterHeader } from '../http/retry-after.ts'
import { send } from '../http/send.ts'
import { sendInPieces, transmissionOf } from '../http/transmission.ts'
import type { Tenant } from '../tenant.ts'
import { firstTenant, type World } from '../world.ts'
import { authorise } from './authorise.ts'
import { countNamed } from './batch.ts'
import type { Caller } from './caller.ts'
import { takeOff } from './concurrency.ts'
import { EwsError } from './ews-error.ts'
import { findTarget } from './find-target.ts'
import { operationNames, STREAM } from './operations.ts'
import { ewsFaultOf, perform, type Reply } from './perform.ts'
import { refuseMailbox } from './policy.ts'
import { readSoapRequest, type SoapRequest, validateSoapRequest } from './soap-request.ts'
import { streamEvents } from './stream-events.ts'
import { throttle } from './throttle.ts'
import { NotSimulated, SchemaViolation } from './validate-request.ts'
import { ofExchangeServer, writeFault } from './write-answer.ts'
import { NotWellFormed } from './xml-element.ts'

/** Exchange takes requests of up to 35 MB of message in base64, and a little around it. */
const BODY_LIMIT = 52 * 1024 * 1024

/** `POST /EWS/Exchange.asmx`. Answers `false` for any other path. */
export async function ewsEndpoint(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<boolean> {
  if (path.toLowerCase() !== '/ews/exchange.asmx') return false
  if (request.method !== 'POST') {
    send(response, 405, { allow: 'POST' }, '')
    return true
  }
  const body = await readBody(request, BODY_LIMIT)
  const soap = readRequest(request, body)
  const operation = 'operation' in soap ? soap.operation : 'Unreadable'
  const laid = world.faults.take(operation)
  const record = (bytes: number, items = 0) =>
    world.calls.record(operation, { items, requestBytes: body.length, bytes })

  setExchangeHeaders(request, response)
  const access = authorise(world, request.headers)
  const flight = takeOff(world, access, soap)
  await delayFault(laid, 'tenant' in access ? access.tenant.roundTripMs : firstTenant(world).roundTripMs)
  flight.land()
  if (answerFault(response, laid, world.clock.now(), record)) return true
  if (!('tenant' in access)) {
    record(0)
    send(response, access.status, access.headers, '')
    return true
  }
  try {
    if (!('operation' in soap)) throw soap
    validateSoapRequest(soap, operationNames)
    const mailbox = findTarget(world, access, soap.header)
    const refusal = refuseMailbox(mailbox)
    if (refusal) {
      record(0)
      send(response, refusal.status, refusal.headers, '')
      return true
    }
    if (flight.isCrowded) throw new EwsError('ErrorExceededConnectionCount')
    const setHeader = (name: string, value: string) => void response.setHeader(name, value)
    const caller: Caller = { world, tenant: access.tenant, mailbox, headers: request.headers, setHeader }
    const fault = laid ?? throttle(caller, countNamed(soap.body))
    if (answerFault(response, fault, world.clock.now(), record)) return true
    const ewsFault = ewsFaultOf(fault)
    if (soap.operation === STREAM && !ewsFault) {
      record(0, countNamed(soap.body))
      streamEvents(soap.body, caller, response, transmissionOf(fault))
      if (fault === 'cutAfter') response.destroy()
      return true
    }
    const reply = await perform(soap, caller, ewsFault)
    record(fault === 'cutAfter' ? 0 : Buffer.byteLength(reply.body), reply.items)
    for (const [name, value] of Object.entries(retryAfterHeader(ewsFault?.retryAfter, world.clock.now()))) {
      setHeader(name, String(value))
    }
    if (fault === 'cutAfter') response.destroy()
    else sendXml(request, response, withServerVersion(reply, access.tenant), transmissionOf(fault))
  } catch (error) {
    const { status, type, content } = describeFailure(error)
    record(Buffer.byteLength(content))
    send(response, status, { 'content-type': type }, content)
  }
  return true
}

/** Reads the body; what is wrong with it is answered only after the token has been checked. */
function readRequest(request: IncomingMessage, body: Buffer): SoapRequest | Error {
  if (!/^text\/xml\b/i.test(request.headers['content-type'] ?? '')) return new UnsupportedMediaType()
  try {
    return readSoapRequest(body.toString('utf8'))
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

class UnsupportedMediaType extends Error {}

function describeFailure(error: unknown): { status: number; type: string; content: string } {
  if (error instanceof EwsError || error instanceof SchemaViolation) {
    return { status: 500, type: 'text/xml; charset=utf-8', content: writeFault(error) }
  }
  if (error instanceof NotSimulated) return { status: 501, type: 'text/plain', content: error.message }
  if (error instanceof UnsupportedMediaType) return { status: 415, type: 'text/plain', content: '' }
  if (error instanceof NotWellFormed) return { status: 400, type: 'text/plain', content: '' }
  throw error
}

/** The version of the server stands in every envelope. */
function withServerVersion(reply: Reply, { exchangeServer }: Tenant): Reply {
  return exchangeServer ? { ...reply, body: ofExchangeServer(reply.body) } : reply
}

/** Compressed for a client that offers to take it so, as Exchange does; not when octets are counted. */
function sendXml(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body }: Reply,
  transmission: Transmission | null,
): void {
  const headers = { 'content-type': 'text/xml; charset=utf-8', vary: 'Accept-Encoding' }
  const isAccepted = /\bgzip\b/i.test(request.headers['accept-encoding']?.toString() ?? '')
  if (transmission) sendInPieces(response, status, headers, body, transmission)
  else if (isAccepted) {
    send(response, status, { ...headers, 'content-encoding': 'gzip' }, gzipSync(body, { level: 1 }))
  } else send(response, status, headers, body)
}

function setExchangeHeaders(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('request-id', randomUUID())
  response.setHeader('X-FEServer', 'AM0PR0102CA0042')
  response.setHeader('X-BEServer', 'AM0PR01MB4321')
  response.setHeader('X-CalculatedBETarget', 'AM0PR01MB4321.eurprd01.prod.outlook.com')
  response.setHeader('X-DiagInfo', 'AM0PR01MB4321')
  const clientId = request.headers['client-request-id']
  if (request.headers['return-client-request-id'] === 'true' && typeof clientId === 'string') {
    response.setHeader('client-request-id', clientId)
  }
}
