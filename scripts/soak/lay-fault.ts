import type { MailboxType } from '../../bench/scene/organisation.ts'
import type { SimulatorProcess } from '../../bench/scene/simulator-process.ts'
import { pick } from './random.ts'

/** Operations of a protocol, and what can go wrong with each of them; refusals that pause the mailbox are no matter of chance. */
interface Disturbance {
  operations: string[]
  /** By names of our own. */
  answers: Record<string, unknown>
}

/** What can befall every call and passes by itself. */
const ofAll = { 'cut before': 'cut', 'cut after': 'cutAfter', late: { waitMs: 800 } }

const ofHttp = {
  ...ofAll,
  '503 with Retry-After': { status: 503, retryAfter: { seconds: 1 } },
  '500': { status: 500 },
}

/** What only an answer with a body of the protocol can do. */
const inPieces = { 'in pieces': { chunkBytes: 7 }, 'cut within': { cutAfterBytes: 600 } }

const token: Disturbance = { operations: ['Token'], answers: ofHttp }

const ews: Disturbance = {
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
}

const graph: Disturbance = {
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
}

const farewell = { farewell: { reply: 'BYE Server Unavailable. 15' } }

const imapOpening: Disturbance = {
  operations: ['IMAP CONNECT', 'IMAP AUTHENTICATE'],
  answers: { ...ofAll, ...farewell },
}

const imap: Disturbance = {
  operations: [
    'IMAP LIST',
    'IMAP SELECT',
    'IMAP EXAMINE',
    'IMAP UID SEARCH',
    'IMAP UID FETCH',
    'IMAP UID MOVE',
    'IMAP IDLE',
  ],
  answers: {
    ...ofAll,
    ...inPieces,
    ...farewell,
    NO: { reply: 'NO Server Unavailable. 15' },
    BAD: { reply: 'BAD Command Error. 12' },
    throttled: { reply: 'BAD Request is throttled. Suggested Backoff Time: 500 milliseconds' },
  },
}

const smtp: Disturbance = {
  operations: ['SMTP CONNECT', 'SMTP AUTH', 'SMTP MAIL', 'SMTP RCPT', 'SMTP DATA'],
  answers: {
    ...ofAll,
    crowded: { reply: '432 4.3.2 Concurrent connections limit exceeded.' },
    'not now': { reply: '451 4.7.0 Temporary server error. Please try again later.' },
    closing: { reply: '421 4.3.2 Service not available' },
  },
}

/** What each type of mailbox calls. */
const disturbances: Record<MailboxType, Disturbance[]> = {
  'exchange-online-ews': [token, ews],
  'exchange-online-graph': [token, graph],
  'exchange-server-ews': [ews],
  'imap-smtp': [token, imapOpening, imap, smtp],
}

export const disturbable = Object.keys(disturbances) as MailboxType[]

/**
 * So many faults may wait for a call: more would leave no work without one, and nothing would ever be done. Where a reading
 * is two or three requests, four of them leave most in peace; over IMAP it is a session of eight commands, of which none may
 * fail, as in a sending over SMTP.
 */
export function mostFaults(type: MailboxType): number {
  return type === 'imap-smtp' ? 1 : 4
}

/** Lays one fault for the next call of some operation that this type of mailbox makes; returns its name. */
export async function layFault(
  simulator: SimulatorProcess,
  type: MailboxType,
  random: () => number,
): Promise<string> {
  const all = disturbances[type].flatMap(({ operations, answers }) =>
    operations.map((operation) => ({ operation, answers })),
  )
  const { operation, answers } = pick(random, all)
  const kind = pick(random, Object.keys(answers))
  await simulator.control('POST', '/faults', { operation, times: 1, answer: answers[kind] })
  return `${operation}: ${kind}`
}
