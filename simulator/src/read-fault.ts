import { check, isCount, isFromZero, isObject, isString, oneOf } from './check-json.ts'
import type { Fault, FaultAnswer } from './faults.ts'
import { InvalidInput } from './invalid-input.ts'

/** @param operations the names a fault may be laid for; a misspelt one would never be met */
export function readFault(value: unknown, operations: string[]): Fault {
  const checks = {
    operation: oneOf(operations),
    times: isCount,
    answer: (answer: unknown) => Boolean(readFaultAnswer(answer)),
  }
  const fault = check(value, checks, ['operation', 'times', 'answer']) as unknown as Fault
  const isOf = (member: string) => typeof fault.answer === 'object' && member in fault.answer
  if (fault.operation === 'Token' && isOf('code')) {
    throw new InvalidInput('"code" is an error of EWS; give the token endpoint an "aadsts"')
  }
  if (fault.operation !== 'Token' && isOf('aadsts')) {
    throw new InvalidInput('"aadsts" is an error of the token endpoint; give EWS a "code"')
  }
  return fault
}

const retryAfter = {
  retryAfter: (value: unknown) =>
    Boolean(check(value, { seconds: isFromZero, as: oneOf(['seconds', 'date']) }, ['seconds'])),
}
const isPosition = (value: unknown) => isFromZero(value) && Number.isInteger(value)

/** The members of each kind of answer, by the member that tells it from the others. */
const kinds = {
  waitMs: { waitMs: isFromZero },
  code: {
    code: isString,
    message: isString,
    as: oneOf(['fault', 'response']),
    backOffMilliseconds: isFromZero,
    items: (items: unknown) => Array.isArray(items) && items.length > 0 && items.every(isPosition),
    stopAt: isPosition,
    endsList: (value: unknown) => value === true,
    ...retryAfter,
  },
  aadsts: { aadsts: isCount, ...retryAfter },
  chunkBytes: { chunkBytes: isCount, cutAfterBytes: isFromZero },
  cutAfterBytes: { cutAfterBytes: isFromZero },
  status: {
    status: isCount,
    headers: (headers: unknown) => isObject(headers) && Object.values(headers).every(isString),
    body: isString,
    ...retryAfter,
  },
}

function readFaultAnswer(value: unknown): FaultAnswer {
  if (value === 'cut' || value === 'cutAfter') return value
  if (!isObject(value)) throw new InvalidInput('"answer" is "cut", "cutAfter" or an object')
  const kind = Object.entries(kinds).find(([name]) => name in value)
  if (!kind) throw new InvalidInput(`"answer" has one of ${Object.keys(kinds).join(', ')}`)
  const answer = check(value, kind[1])
  const isBatch = answer.items !== undefined || answer.stopAt !== undefined || answer.endsList !== undefined
  if (isBatch && answer.as !== 'response') {
    throw new InvalidInput('"items", "stopAt" and "endsList" go with "as": "response"')
  }
  if (answer.endsList !== undefined && answer.stopAt === undefined) {
    throw new InvalidInput('"endsList" goes with "stopAt"')
  }
  return answer as unknown as FaultAnswer
}
