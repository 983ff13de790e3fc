import type { FaultAnswer } from '../faults.ts'
import type { Caller } from './caller.ts'
import { EwsError } from './ews-error.ts'
import type { Answer } from './operation.ts'
import { operations } from './operations.ts'
import { countNamed, type SoapRequest } from './soap-request.ts'
import { writeFault, writeResponse } from './write-answer.ts'

/** A whole answer, and how many things it is about. */
export interface Reply {
  status: number
  body: string
  items: number
}

/** Does what a checked request asks for. */
export async function perform({ operation, body }: SoapRequest, caller: Caller): Promise<Reply> {
  const { run, errorTail } = operations[operation] ?? missing(operation)
  const answers = await run(body, caller)
  const items = answers.map(countItems).reduce((sum, count) => sum + count, 0)
  return { status: 200, body: writeResponse(operation, answers, errorTail), items }
}

function missing(operation: string): never {
  throw new Error(`${operation} passed the schema and has no operation`)
}

function countItems(answer: Answer): number {
  return 'error' in answer ? 1 : (answer.items ?? 1)
}

/** The answer that a fault with an EWS error code gives in place of the work, or `null`. */
export function replyOfFault(fault: FaultAnswer | null, { operation, body }: SoapRequest): Reply | null {
  if (typeof fault !== 'object' || fault === null || !('code' in fault)) return null
  const backOff = fault.backOffMilliseconds
  const error = new EwsError(
    fault.code,
    backOff === undefined ? {} : { BackOffMilliseconds: String(backOff) },
  )
  if (fault.as !== 'response') return { status: 500, body: writeFault(error), items: 0 }
  const answers = Array.from({ length: countNamed(body) }, () => ({ error }))
  const errorTail = operations[operation]?.errorTail ?? ''
  return { status: 200, body: writeResponse(operation, answers, errorTail), items: 0 }
}
