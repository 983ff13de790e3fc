import type { SimulatorProcess } from '../../bench/scene/simulator-process.ts'
import { pick } from './random.ts'

const operations = [
  'Token',
  'SyncFolderItems',
  'GetItem',
  'MoveItem',
  'CreateItem',
  'FindItem',
  'Subscribe',
  'GetStreamingEvents',
]

/** What goes wrong with a call and passes by itself; refusals that pause the mailbox are no matter of chance. */
const answers: Record<string, unknown> = {
  '503 with Retry-After': { status: 503, retryAfter: { seconds: 1 } },
  '500': { status: 500 },
  'cut before': 'cut',
  'cut after': 'cutAfter',
  late: { waitMs: 800 },
  'in pieces': { chunkBytes: 7 },
  'cut within': { cutAfterBytes: 600 },
  busy: { code: 'ErrorServerBusy', backOffMilliseconds: 500 },
  'one item fails': { code: 'ErrorInternalServerTransientError', as: 'response', items: [0] },
  'batch stops': { code: 'ErrorServerBusy', as: 'response', stopAt: 1, backOffMilliseconds: 500 },
}

/** Of these, the token endpoint knows no EWS error. */
const ofHttp = ['503 with Retry-After', '500', 'cut before', 'cut after', 'late']

/** Lays one fault for the next call of some operation; returns its name. */
export async function layFault(simulator: SimulatorProcess, random: () => number): Promise<string> {
  const operation = pick(random, operations)
  const kind = pick(random, operation === 'Token' ? ofHttp : Object.keys(answers))
  await simulator.control('POST', '/faults', { operation, times: 1, answer: answers[kind] })
  return `${operation}: ${kind}`
}
