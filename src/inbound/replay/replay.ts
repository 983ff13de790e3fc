import { setImmediate } from 'node:timers/promises'
import { type LoadedAction, loadAction } from '../../approvals/load-action.ts'
import type { ProcessDefinition } from '../../approvals/model/process.ts'
import { AppError } from '../../lib/app-error.ts'
import type { ParsedMessage } from '../../mail/message.ts'
import { parseMessage, UnreadableMessage } from '../../mail/parse-message.ts'
import { findPerson, type Person } from '../../people/find-person.ts'
import { readReply } from '../../replies/read-reply.ts'
import type { ReadContext } from '../../replies/reading.ts'
import type { Tx } from '../../store/context.ts'
import { loadRaw } from '../../store/raw-messages/load-raw.ts'
import type { ReadOnly } from '../../store/read-only.ts'
import type { InboundOutcome } from '../../store/schema.ts'
import { readContextFor } from '../read-context.ts'
import { type Saying, sayingOf } from './saying.ts'

/** Stored readings held in memory at a time: one of them has some hundred KiB at most. */
const PAGE = 25

/** Which messages are read again; null for all. */
export interface Selection {
  since: Date | null
  mailboxId: string | null
  /** The name of the process that a message's request follows. */
  process: string | null
  requestId: number | null
}

export interface Replayed {
  message: ReplayedMessage
  /** What was read when the message came; null when it could not be read. */
  was: Saying | null
  now:
    | { kind: 'read'; saying: Saying; knowsSentText: boolean }
    /** Its text is no message that can be read. */
    | { kind: 'unreadable' }
    /** Retention has erased its octets. */
    | { kind: 'erased' }
    /** Its octets are lost or altered: not what was stored. */
    | { kind: 'lost' }
    /** The new definition does not have its step. */
    | { kind: 'step-gone' }
}

export interface ReplayedMessage {
  id: string
  mailbox: string
  receivedAt: Date
  fromAddress: string
  subject: string
  outcome: InboundOutcome | null
  requestId: number | null
  /** The action's number within the request, and what became of it. */
  action: { id: string; number: number; status: 'open' | 'decided' | 'cancelled' } | null
}

/**
 * Reads stored messages again, newest first, with the reader as it is now and, for the requests of its process, with a
 * definition that may not be imported yet. It is given nothing that could write, send or decide. Copies are left out, and
 * so is what waits to be read for the first time. Memory is bounded by one message and a page of readings.
 */
export async function* replay(
  { readOnly, rawDirectory }: { readOnly: ReadOnly; rawDirectory: string | null },
  selection: Selection,
  definition: ProcessDefinition | null,
): AsyncGenerator<Replayed> {
  let page: Stored[] = []
  do {
    const before = page.at(-1)?.message.id ?? null
    page = await readOnly((tx) => loadPage(tx, selection, before))
    for (const stored of page) {
      // Between two of them timers, sockets and the API get their turn.
      await setImmediate()
      yield {
        message: stored.message,
        was: stored.reading && sayingOf(stored.reading),
        now: await readAgain({ readOnly, rawDirectory }, stored, definition),
      }
    }
  } while (page.length === PAGE)
}

type Stored = Awaited<ReturnType<typeof loadPage>>[number]

async function loadPage(tx: Tx, selection: Selection, before: string | null) {
  let query = tx
    .selectFrom('inboundMessage')
    .innerJoin('mailbox', 'mailbox.id', 'inboundMessage.mailboxId')
    .leftJoin('request', 'request.id', 'inboundMessage.requestId')
    .leftJoin('process', 'process.id', 'request.processId')
    .select([
      'inboundMessage.id',
      'inboundMessage.personId',
      'inboundMessage.actionId',
      'inboundMessage.requestId',
      'mailbox.name as mailbox',
      'receivedAt',
      'fromAddress',
      'subject',
      'outcome',
      'reading',
      'readAs',
    ])
    .where('inboundMessage.state', '<>', 'received')
    .where('duplicateOf', 'is', null)
    .orderBy('inboundMessage.id', 'desc')
    .limit(PAGE)
  if (before !== null) query = query.where('inboundMessage.id', '<', before)
  if (selection.since !== null) query = query.where('receivedAt', '>=', selection.since)
  if (selection.mailboxId !== null) query = query.where('inboundMessage.mailboxId', '=', selection.mailboxId)
  if (selection.process !== null) query = query.where('process.name', '=', selection.process)
  if (selection.requestId !== null) query = query.where('inboundMessage.requestId', '=', selection.requestId)
  const rows = await query.execute()
  return Promise.all(
    rows.map(async ({ reading, readAs, actionId, personId, ...row }) => {
      const loaded = actionId === null ? null : await loadAction(tx, actionId)
      const person = personId === null ? null : await findPerson(tx, personId)
      const action = loaded && pickAction(loaded)
      return { message: { ...row, action }, reading, readAs, asked: loaded && person && { loaded, person } }
    }),
  )
}

function pickAction({ action: { id, number, status } }: LoadedAction) {
  return { id, number, status }
}

async function readAgain(
  { readOnly, rawDirectory }: { readOnly: ReadOnly; rawDirectory: string | null },
  { message: { id }, asked, readAs }: Stored,
  definition: ProcessDefinition | null,
): Promise<Replayed['now']> {
  const about = asked && askedBy(asked, definition)
  if (about === 'step-gone') return { kind: 'step-gone' }
  const message = await loadMessage({ readOnly, rawDirectory }, id)
  if (typeof message === 'string') return { kind: message }
  const now = await readOnly((tx) => contextFor(tx, about, message))
  // As it was then: what one answer lacks or has changes with the next one.
  const unknown = { open: undefined, deciding: undefined, awaitsComment: undefined }
  const context = readAs === null ? now : { ...now, ...unknown, ...readAs }
  return {
    kind: 'read',
    saying: sayingOf(readReply(message, context)),
    knowsSentText: about === null || context.sentText !== null,
  }
}

interface AskedAbout {
  loaded: LoadedAction
  person: Person
}

/** What was asked, as the new definition would ask it. */
function askedBy(asked: AskedAbout, definition: ProcessDefinition | null): AskedAbout | 'step-gone' {
  const { loaded, person } = asked
  if (definition === null || definition.name !== loaded.definition.name) return asked
  const step = definition.steps.find(({ name }) => name === loaded.action.step)
  return step === undefined ? 'step-gone' : { loaded: { ...loaded, definition, step }, person }
}

function contextFor(tx: Tx, about: AskedAbout | null, message: ParsedMessage): Promise<ReadContext> {
  // Whether the token still works, and whether they are still entitled, is no matter of reading.
  const asked = about && { ...about, aliases: [], stillEntitled: true }
  return readContextFor(tx, asked ? { token: 'valid', asked } : { token: 'absent', asked }, message)
}

async function loadMessage(
  { readOnly, rawDirectory }: { readOnly: ReadOnly; rawDirectory: string | null },
  id: string,
): Promise<ParsedMessage | 'unreadable' | 'erased' | 'lost'> {
  const row = await readOnly((tx) =>
    tx.selectFrom('inboundMessage').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
  try {
    return await parseMessage({ ...row, raw: await loadRaw(rawDirectory, row) })
  } catch (error) {
    if (error instanceof UnreadableMessage) return 'unreadable'
    if (error instanceof AppError) return error.code === 'message-erased' ? 'erased' : 'lost'
    throw error
  }
}
