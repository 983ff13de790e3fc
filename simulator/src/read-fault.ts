import { check, isCount, isFromZero, isObject, isString, oneOf } from './check-json.ts'
import type { Fault, FaultAnswer } from './faults.ts'
import { graphOperationNames } from './graph/routes.ts'
import { imapOperationNames } from './imap/commands.ts'
import { InvalidInput } from './invalid-input.ts'
import { smtpOperationNames } from './smtp/commands.ts'

/** @param operations the names a fault may be laid for; a misspelt one would never be met */
export function readFault(value: unknown, operations: string[]): Fault {
  const checks = {
    operation: oneOf(operations),
    times: isCount,
    answer: (answer: unknown) => Boolean(readFaultAnswer(answer)),
  }
  const fault = check(value, checks, ['operation', 'times', 'answer']) as unknown as Fault
  const isOf = (member: string) => typeof fault.answer === 'object' && member in fault.answer
  const needed = errorOf(fault.operation)
  for (const [member, owner] of Object.entries(owners)) {
    if (isOf(member) && member !== needed)
      throw new InvalidInput(`"${member}" is an error of ${owner}; give ${owners[needed]} an "${needed}"`)
  }
  return fault
}

/** Whose error each kind of error is. */
const owners = { code: 'EWS', aadsts: 'the token endpoint', error: 'Graph', reply: 'IMAP and SMTP' }

function errorOf(operation: string): keyof typeof owners {
  if (operation === 'Token') return 'aadsts'
  if (graphOperationNames.includes(operation)) return 'error'
  return [...imapOperationNames, ...smtpOperationNames].includes(operation) ? 'reply' : 'code'
}

const isHeaders = (headers: unknown) => isObject(headers) && Object.values(headers).every(isString)
const retryAfter = {
  retryAfter: (value: unknown) =>
    Boolean(check(value, { seconds: isFromZero, as: oneOf(['seconds', 'date']) }, ['seconds'])),
}
const isPosition = (value: unknown) => isFromZero(value) && Number.isInteger(value)

/** The members of each kind of answer, by the member that tells it from the others. */
const kinds = {
  waitMs: { waitMs: isFromZero },
  reply: { reply: (value: unknown) => isString(value) && /^[ -~]+$/.test(value) },
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
  error: { error: isString, status: isCount, message: isString, headers: isHeaders, ...retryAfter },
  aadsts: { aadsts: isCount, ...retryAfter },
  chunkBytes: { chunkBytes: isCount, cutAfterBytes: isFromZero },
  cutAfterBytes: { cutAfterBytes: isFromZero },
  status: {
    status: isCount,
    headers: isHeaders,
    body: isString,
    ...retryAfter,
  },
}

function readFaultAnswer(value: unknown): FaultAnswer {
  if (value === 'cut' || value === 'cutAfter') return value
  if (!isObject(value)) throw new InvalidInput('"answer" is "cut", "cutAfter" or an object')
  const kind = Object.entries(kinds).find(([name]) => name in value)
  if (!kind) throw new InvalidInput(`"answer" has one of ${Object.keys(kinds).join(', ')}`)
  const answer = check(value, kind[1], kind[0] === 'error' ? ['status'] : [])
  const isBatch = answer.items !== undefined || answer.stopAt !== undefined || answer.endsList !== undefined
  if (isBatch && answer.as !== 'response') {
    throw new InvalidInput('"items", "stopAt" and "endsList" go with "as": "response"')
  }
  if (answer.endsList !== undefined && answer.stopAt === undefined) {
    throw new InvalidInput('"endsList" goes with "stopAt"')
  }
  return answer as unknown as FaultAnswer
}
