import type { EwsFault, FaultAnswer } from '../faults.ts'
import { errorOf, runPartly } from './batch.ts'
import type { Caller } from './caller.ts'
import type { Answer } from './operation.ts'
import { operations, STREAM } from './operations.ts'
import type { SoapRequest } from './soap-request.ts'
import { writeFault, writeResponse } from './write-answer.ts'

/** A whole answer, and how many things it is about. */
export interface Reply {
  status: number
  body: string
  items: number
}

/** Does what a checked request asks for, or as much of it as a fault lets pass. */
export async function perform(
  { operation, body }: SoapRequest,
  caller: Caller,
  fault: EwsFault | null,
): Promise<Reply> {
  if (fault && fault.as !== 'response') return { status: 500, body: writeFault(errorOf(fault)), items: 0 }
  if (operation === STREAM && fault) {
    return { status: 200, body: writeResponse(operation, [{ error: errorOf(fault) }], ''), items: 0 }
  }
  const found = operations[operation] ?? missing(operation)
  const answers = await (fault ? runPartly(found, body, caller, fault) : found.run(body, caller))
  const items = answers.map((answer) => countItems(answer, fault)).reduce((sum, count) => sum + count, 0)
  return { status: 200, body: writeResponse(operation, answers, found.errorTail), items }
}

function missing(operation: string): never {
  throw new Error(`${operation} passed the schema and has no operation`)
}

/** What fails by the work itself counts as asked for; what a fault keeps from the work does not. */
function countItems(answer: Answer, fault: EwsFault | null): number {
  if ('error' in answer) return fault ? 0 : 1
  return answer.items ?? 1
}

/** The fault when it is an error of EWS. */
export function ewsFaultOf(fault: FaultAnswer | null): EwsFault | null {
  return typeof fault === 'object' && fault !== null && 'code' in fault ? fault : null
}
