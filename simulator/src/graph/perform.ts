import type { FaultAnswer, GraphFault } from '../faults.ts'
import { delayFault } from '../http/answer-fault.ts'
import { retryAfterHeader } from '../http/retry-after.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import type { World } from '../world.ts'
import type { Access } from './access.ts'
import { overConcurrency, takeOff } from './concurrency.ts'
import { GraphError, graphErrors } from './graph-error.ts'
import { checkPermission, findUser } from './open-mailbox.ts'
import { readPrefer } from './prefer.ts'
import type { Call, GraphAnswer, GraphRequest, Performed } from './request.ts'
import { BATCH, findRoute, type Route, UNKNOWN } from './routes.ts'
import { answerFailure, writeAnswer } from './write-answer.ts'

/** How a request came. */
interface Way {
  isWithinBatch: boolean
  /** The fault that its operation meets; the caller has taken it. */
  fault: FaultAnswer | null
  /** Milliseconds that the answer is held back; of a batch each of its parts instead, which works on its mailbox so long. */
  roundTripMs: number
}

/** The name that a request is counted by and meets faults under. */
export function operationOf(request: GraphRequest): string {
  return findRoute(request)?.route.operation ?? UNKNOWN
}

/**
 * Answers one request: its fault, the permission, the place among the requests on the same mailbox, the work. Counts it.
 * Runs as far as taking its place before it gives way, so that the requests of a batch meet each other.
 */
export async function perform(
  world: World,
  access: Access,
  request: GraphRequest,
  way: Way,
): Promise<Performed> {
  const found = findRoute(request)
  const { fault } = way
  let answer: GraphAnswer
  try {
    if (!found) throw unknownPath(request)
    answer = await runRoute(found, { world, access, request, way })
  } catch (error) {
    answer = answerFailure(error, request, world.clock.now())
  }
  const isCut = fault === 'cut' || fault === 'cutAfter' || (answer.isCut ?? false)
  const performed = { ...writeAnswer(answer, request), isCut }
  const operation = found?.route.operation ?? UNKNOWN
  world.calls.record(operation, {
    count: way.isWithinBatch ? 0 : 1,
    units: operation === BATCH ? 0 : 1,
    items: answer.items ?? 1,
    requestBytes: request.body.length,
    bytes: isCut ? 0 : performed.content.length,
  })
  return performed
}

interface Performance {
  world: World
  access: Access
  request: GraphRequest
  way: Way
}

async function runRoute(
  { route, names }: { route: Route; names: Record<string, string> },
  { world, access, request, way }: Performance,
): Promise<GraphAnswer> {
  const mailbox = names.user === undefined ? null : findUser(world, access, names.user)
  const flight = mailbox && takeOff(world, access, mailbox)
  try {
    await delayFault(way.fault, route.operation === BATCH ? 0 : way.roundTripMs)
    const laid = answerLaid(way.fault, world.clock.now())
    if (laid) return laid
    if (flight?.isCrowded) throw overConcurrency()
    const call: Call = {
      world,
      access,
      request,
      prefer: readPrefer(request.headers.prefer),
      names,
      perform: (inner) => {
        const fault = world.faults.take(operationOf(inner))
        return perform(world, access, inner, { ...way, isWithinBatch: true, fault })
      },
    }
    return withPreferences(await run(route, call, mailbox), call)
  } finally {
    flight?.land()
  }
}

async function run(route: Route, call: Call, mailbox: Mailbox | null): Promise<GraphAnswer> {
  if (!('need' in route)) return await route.run(call)
  if (!mailbox) throw new Error(`the path of ${route.operation} names no user`)
  checkPermission(call.access, mailbox, route.need)
  return await route.run({ ...call, mailbox })
}

function withPreferences(answer: GraphAnswer, { prefer }: Call): GraphAnswer {
  if (prefer.applied.length === 0) return answer
  return { ...answer, headers: { ...answer.headers, 'preference-applied': prefer.applied.join(', ') } }
}

/** The answer of a fault that needs nothing done. Throws a laid error of Graph. */
function answerLaid(fault: FaultAnswer | null, now: number): GraphAnswer | null {
  if (fault === 'cut') return { status: 500 }
  if (typeof fault !== 'object' || fault === null) return null
  if ('error' in fault) throw laidError(fault, now)
  if (!('status' in fault)) return null
  const headers = { ...fault.headers, ...textHeaders(fault, now) }
  return { status: fault.status, headers, body: Buffer.from(fault.body ?? '') }
}

function laidError(fault: GraphFault, now: number): GraphError {
  const { error, status, message = `The request failed: ${error}.`, headers } = fault
  return new GraphError(status, error, message, { ...headers, ...textHeaders(fault, now) })
}

function textHeaders({ retryAfter }: Pick<GraphFault, 'retryAfter'>, now: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(retryAfterHeader(retryAfter, now)).map(([name, value]) => [name, String(value)]),
  )
}

function unknownPath({ method, path }: GraphRequest): GraphError {
  return /^\/v1\.0\/me(\/|$)/i.test(path)
    ? graphErrors.badRequest('/me request is only valid with delegated authentication flow.')
    : graphErrors.notSimulated(`${method} ${path}`)
}
