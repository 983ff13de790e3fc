import type { Kysely } from 'kysely'
import { loadAction } from '../approvals/load-action.ts'
import type { ProcessDefinition, Step } from '../approvals/model/process.ts'
import { AppError } from '../lib/app-error.ts'
import type { Locale } from '../lib/translate.ts'
import type { ParsedMessage } from '../mail/message.ts'
import { findPerson, type Person } from '../people/find-person.ts'
import { readReply } from '../replies/read-reply.ts'
import type { ReadContext } from '../replies/reading.ts'
import type { ReadOnly } from '../store/read-only.ts'
import type { Database } from '../store/schema.ts'
import { usedFooters } from './footers/used-footers.ts'
import { headOf, type Inspection, parseFile } from './inspect.ts'
import { leftOf, readContextFor } from './read-context.ts'
import { readerQuestions } from './reader-questions.ts'
import { type TriedReply, whatWouldFollow } from './try-reply.ts'

/** What a message is read as the answer to: the newest action of a request, or a step of the active version of a process. */
export type TriedAgainst = { request: number } | { process: string; step: string; locale: Locale }

export interface TriedMessage extends Inspection {
  follows: TriedReply['follows']
  asked: {
    definition: ProcessDefinition
    step: Step
    /** Of a request. */
    action: { requestId: number; number: number; person: Person } | null
  }
}

/**
 * Reads octets as a reply, the way those of a mailbox are read. It is given nothing that could write: nothing is judged,
 * stored, sent or decided. Throws `message-unreadable`, `request-not-found`, `process-not-found`, `step-not-found`.
 */
export async function tryMessage(
  readOnly: ReadOnly,
  raw: Uint8Array,
  { against, words }: { against: TriedAgainst; words: Locale },
): Promise<TriedMessage> {
  const message = await parseFile(raw)
  const { context, asked } = await readOnly((tx) =>
    'request' in against ? ofRequest(tx, against.request, message) : ofStep(tx, against, message),
  )
  const reading = readReply(message, context)
  return { message: headOf(message), reading, follows: whatWouldFollow(reading, asked, words), asked }
}

interface Against {
  context: ReadContext
  asked: TriedMessage['asked']
}

/** As the person who was asked last would have it read: with what our mail to them said, and what is kept of theirs. */
async function ofRequest(db: Kysely<Database>, requestId: number, message: ParsedMessage): Promise<Against> {
  const newest = await db
    .selectFrom('action')
    .innerJoin('actionAssignee', 'actionAssignee.actionId', 'action.id')
    .select(['action.id', 'personId'])
    .where('requestId', '=', requestId)
    .orderBy('action.number', 'desc')
    .orderBy('assignedAt', 'desc')
    .orderBy('personId')
    .limit(1)
    .executeTakeFirst()
  if (!newest) throw new AppError('request-not-found', { request: String(requestId) })
  const loaded = await loadAction(db, newest.id)
  const person = await findPerson(db, newest.personId)
  if (person === null) throw new Error(`action ${newest.id} of nobody`)
  // Whether they are still entitled is no matter of reading.
  const asked = { loaded, person, aliases: [], stillEntitled: true }
  const { definition, step, action } = loaded
  return {
    context: await readContextFor(db, { token: 'valid', asked }, message),
    asked: { definition, step, action: { requestId, number: action.number, person } },
  }
}

async function ofStep(
  db: Kysely<Database>,
  { process, step: name, locale }: Exclude<TriedAgainst, { request: number }>,
  message: ParsedMessage,
): Promise<Against> {
  const active = await db
    .selectFrom('process')
    .select('definition')
    .where('name', '=', process)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!active) throw new AppError('process-not-found', { process })
  const { definition } = active
  const step = definition.steps.find((one) => one.name === name)
  if (step === undefined) throw new AppError('step-not-found', { step: name })
  const question = { questions: readerQuestions({ definition, step }), locale }
  const context = {
    ...question,
    ...leftOf({ definition, step }, null),
    brackets: step.brackets,
    sentText: null,
    learnedFooters: await usedFooters(db, message.from[0]?.address ?? '', question),
  }
  return { context, asked: { definition, step, action: null } }
}
