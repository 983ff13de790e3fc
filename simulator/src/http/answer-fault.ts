import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { FaultAnswer } from '../faults.ts'
import { retryAfterHeader } from './retry-after.ts'
import { send } from './send.ts'

/** Holds a call back for the round trip, and longer when its fault says so. */
export async function delayFault(fault: FaultAnswer | null, roundTripMs: number): Promise<void> {
  const extra = typeof fault === 'object' && fault !== null && 'waitMs' in fault ? fault.waitMs : 0
  if (roundTripMs + extra > 0) await wait(roundTripMs + extra)
}

/**
 * Gives the answer of a fault that needs nothing done: an HTTP status, or a cut connection.
 * `false` when the call goes on. `now` is the simulator's time in milliseconds.
 */
export function answerFault(
  response: ServerResponse,
  fault: FaultAnswer | null,
  now: number,
  record: (bytes: number) => void,
): boolean {
  if (fault === 'cut') {
    record(0)
    response.destroy()
    return true
  }
  if (typeof fault !== 'object' || fault === null || !('status' in fault) || 'error' in fault) return false
  const body = fault.body ?? ''
  record(Buffer.byteLength(body))
  send(response, fault.status, { ...fault.headers, ...retryAfterHeader(fault.retryAfter, now) }, body)
  return true
}
