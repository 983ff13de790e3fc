import type { MailboxType } from '../../bench/scene/organisation.ts'
import type { SimulatorProcess } from '../../bench/scene/simulator-process.ts'
import { pick } from './random.ts'

/** What goes wrong with any HTTP call and passes by itself; refusals that pause the mailbox are no matter of chance. */
const ofHttp: Record<string, unknown> = {
  '503 with Retry-After': { status: 503, retryAfter: { seconds: 1 } },
  '500': { status: 500 },
  'cut before': 'cut',
  'cut after': 'cutAfter',
  late: { waitMs: 800 },
}

/** What only an answer with a body of the protocol can do. */
const inPieces = { 'in pieces': { chunkBytes: 7 }, 'cut within': { cutAfterBytes: 600 } }

interface Disturbance {
  operations: string[]
  answers: Record<string, unknown>
}

/** The operations that the product calls over each protocol, and what can go wrong with them. */
const disturbances: Record<MailboxType, Disturbance> = {
  'exchange-online-ews': {
    operations: [
      'SyncFolderItems',
      'GetItem',
      'MoveItem',
      'CreateItem',
      'FindItem',
      'Subscribe',
      'GetStreamingEvents',
    ],
    answers: {
      ...ofHttp,
      ...inPieces,
      busy: { code: 'ErrorServerBusy', backOffMilliseconds: 500 },
      'one item fails': { code: 'ErrorInternalServerTransientError', as: 'response', items: [0] },
      'batch stops': { code: 'ErrorServerBusy', as: 'response', stopAt: 1, backOffMilliseconds: 500 },
    },
  },
  'exchange-online-graph': {
    operations: [
      'MessageDelta',
      'Batch',
      'GetMessage',
      'GetMessageValue',
      'MoveMessage',
      'CreateMessage',
      'SendMessage',
      'ListMessages',
    ],
    answers: {
      ...ofHttp,
      ...inPieces,
      throttled: { error: 'ApplicationThrottled', status: 429, retryAfter: { seconds: 1 } },
      unavailable: { error: 'ServiceUnavailable', status: 503 },
      'lost in the store': { error: 'ErrorInternalServerTransientError', status: 500 },
    },
  },
}

export const disturbable = Object.keys(disturbances) as MailboxType[]

/** Lays one fault for the next call of some operation of this protocol, or for a token; returns its name. */
export async function layFault(
  simulator: SimulatorProcess,
  type: MailboxType,
  random: () => number,
): Promise<string> {
  const { operations, answers } = disturbances[type]
  const operation = pick(random, ['Token', ...operations])
  const kinds = operation === 'Token' ? ofHttp : answers
  const kind = pick(random, Object.keys(kinds))
  await simulator.control('POST', '/faults', { operation, times: 1, answer: kinds[kind] })
  return `${operation}: ${kind}`
}
