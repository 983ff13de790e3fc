import type { Kysely, Selectable } from 'kysely'
import { type LoadedAction, loadAction } from '../approvals/load-action.ts'
import { answerLabel, answerText } from '../approvals/model/answer-text.ts'
import { formatValue } from '../approvals/model/format-value.ts'
import { localText } from '../approvals/model/local-text.ts'
import type { ProcessDefinition } from '../approvals/model/process.ts'
import { renderTitle } from '../approvals/model/render-title.ts'
import type { Locale } from '../lib/translate.ts'
import { findPerson, type Person } from '../people/find-person.ts'
import type { ReplyReading } from '../replies/reading.ts'
import type { Context } from '../store/context.ts'
import { newReplyToken } from '../store/new-reply-token.ts'
import type { Database, RequestTable } from '../store/schema.ts'
import { together } from '../store/together.ts'
import type { ActionFacts, AnsweredMessage, DecisionFacts, RequestFacts } from './compose/mail-model.ts'
import { type ActionInProcess, formFacts } from './form-facts.ts'

/** The request as a mail shows it, in the recipient's language and notation. */
export async function requestFacts(
  db: Kysely<Database>,
  request: Selectable<RequestTable>,
  definition: ProcessDefinition,
  locale: Locale,
): Promise<RequestFacts> {
  const { name } = await mustFindPerson(db, request.requesterId)
  return factsOfRequest(request, name, definition, locale)
}

/** The same of a request that need not be stored. */
export function factsOfRequest(
  request: Pick<Selectable<RequestTable>, 'id' | 'data' | 'createdAt'>,
  requesterName: string,
  definition: ProcessDefinition,
  locale: Locale,
): RequestFacts {
  const shown = definition.fields.filter(
    (field) => field.filledBy === 'requester' && (request.data[field.name] ?? '') !== '',
  )
  const money = shown.find((field) => field.type === 'money')
  return {
    number: request.id,
    title: renderTitle(definition, request.data, locale),
    requesterName,
    createdAt: request.createdAt,
    amount: money ? formatValue(money, request.data[money.name], locale) : null,
    fields: shown.map((field) => ({
      label: localText(field.label, locale),
      value: formatValue(field, request.data[field.name], locale),
    })),
  }
}

/** The action's question as a mail asks it, or its questions. */
export function actionFacts(loaded: ActionInProcess, locale: Locale): ActionFacts {
  const { action, step } = loaded
  return {
    number: action.number,
    title: localText(step.title, locale),
    questionText: localText(step.question.text, locale),
    choices: step.question.choices.map((choice) => ({
      result: choice.result,
      label: localText(choice.label, locale),
      replyWord: localText(choice.replyWord, locale),
      commentRule: choice.comment,
    })),
    form: formFacts(loaded, locale),
    dueAt: action.dueAt,
  }
}

/** The label of a result of this action; the result itself when the definition does not know it. */
export function choiceLabel({ step }: LoadedAction, result: string, locale: Locale): string {
  const choice = step.question.choices.find((candidate) => candidate.result === result)
  return choice ? localText(choice.label, locale) : result
}

/** Who decided the action and how; null while it is undecided. */
export async function decisionFacts(
  db: Kysely<Database>,
  loaded: LoadedAction,
  locale: Locale,
): Promise<(DecisionFacts & { personId: string }) | null> {
  const decision = await db
    .selectFrom('decision')
    .selectAll()
    .where('actionId', '=', loaded.action.id)
    .executeTakeFirst()
  if (!decision) return null
  const person = await mustFindPerson(db, decision.personId)
  return {
    personId: person.id,
    byName: person.name,
    enteredByName: decision.enteredBy === null ? null : (await mustFindPerson(db, decision.enteredBy)).name,
    answer: choiceLabel(loaded, decision.result, locale),
    further: loaded.step.furtherQuestions.flatMap(({ id }) => {
      const answer = decision.answers[id]
      if (answer === undefined) return []
      return [{ label: answerLabel(loaded, id, locale), value: answerText(loaded, id, answer, locale) }]
    }),
    comment: decision.comment,
    at: decision.decidedAt,
  }
}

/** All decisions of a request, in the order of its actions. */
export async function decisionsOfRequest(
  db: Kysely<Database>,
  requestId: number,
  locale: Locale,
): Promise<(DecisionFacts & { actionTitle: string })[]> {
  const actions = await db
    .selectFrom('action')
    .select('id')
    .where('requestId', '=', requestId)
    .where('status', '=', 'decided')
    .orderBy('number')
    .execute()
  const decisions = await Promise.all(
    actions.map(async ({ id }) => {
      const loaded = await loadAction(db, id)
      const decision = await decisionFacts(db, loaded, locale)
      return decision && { ...decision, actionTitle: localText(loaded.step.title, locale) }
    }),
  )
  return decisions.filter((decision) => decision !== null)
}

/**
 * The reply token of a person for an action, derived anew from its nonce with the key that made it. A copy of an
 * installation has none under its own prefix yet: it is made, and known before any mail bears it.
 */
export async function replyTokenOf(
  { db, keys, clock }: Pick<Context, 'db' | 'keys' | 'clock'>,
  of: { actionId: string; personId: string; instance: string },
): Promise<string> {
  const latest = await latestToken(db, of)
  if (latest.instance === of.instance) return keys.replyToken(latest.nonce, latest.keyId)
  const { actionId, personId, instance } = of
  const token = newReplyToken(keys, { actionId, personId, instance, createdAt: clock() })
  await db.insertInto('replyToken').values(token).execute()
  return keys.replyToken(token.nonce, token.keyId)
}

const latestToken = together(async (db, of: readonly { actionId: string; personId: string }[]) => {
  const rows = await db
    .selectFrom('replyToken')
    .distinctOn(['actionId', 'personId'])
    .select(['actionId', 'personId', 'nonce', 'keyId', 'instance'])
    .where(
      'actionId',
      'in',
      of.map(({ actionId }) => actionId),
    )
    .orderBy('actionId')
    .orderBy('personId')
    .orderBy('createdAt', 'desc')
    .execute()
  return of.map(({ actionId, personId }) => {
    const row = rows.find((one) => one.actionId === actionId && one.personId === personId)
    return row ?? new Error(`no reply token of ${personId} for action ${actionId}`)
  })
})

/** The message that a mail of ours answers, and what was read in it. */
export async function answeredMessage(
  db: Kysely<Database>,
  inboundMessageId: string | null,
): Promise<{
  answers: AnsweredMessage
  read: string
  /** The words that made it unclear, as they wrote them. */
  doubts: string[]
  problems: ReplyReading['problems']
  comment: string
  fromAddress: string
  receivedAt: Date
}> {
  const row = inboundMessageId
    ? await db
        .selectFrom('inboundMessage')
        .select(['messageId', 'reading', 'fromAddress', 'receivedAt'])
        .where('id', '=', inboundMessageId)
        .executeTakeFirst()
    : undefined
  if (!row) throw new Error('an answering mail without the message that it answers')
  const { reading } = row
  const theirs = reading?.trace.filter(({ region }) => region === 'answer' || region === 'comment') ?? []
  return {
    answers: { messageId: row.messageId, references: [] },
    read: theirs.map(({ from, to }) => reading?.text.slice(from, to) ?? '').join(''),
    doubts: reading === null ? [] : doubtsIn(reading),
    problems: { ...reading?.problems, ...slipsIn(reading?.details ?? {}) },
    comment: reading?.comment ?? '',
    fromAddress: row.fromAddress,
    receivedAt: row.receivedAt,
  }
}

/** Each once, in the order of the text. */
function doubtsIn({ text, matched }: ReplyReading): string[] {
  const doubts = matched.filter(({ as }) => as !== 'answer' && as !== 'typo' && as !== 'instruction')
  return [...new Set(doubts.map(({ from, to }) => text.slice(from, to)))]
}

/** Answers that are but a letter away from one: what they were taken for. */
function slipsIn(details: ReplyReading['details']): ReplyReading['problems'] {
  const slips = Object.entries(details).filter(([, { confirm }]) => confirm !== undefined)
  return Object.fromEntries(
    slips.map(([id, { value }]) => [id, { reason: 'typo', text: '', meanings: [value] }]),
  )
}

/** Somebody whom a row names: their absence is a bug, for people are never deleted. */
export async function mustFindPerson(db: Kysely<Database>, id: string): Promise<Person> {
  const person = await findPerson(db, id)
  if (!person) throw new Error(`no person ${id}`)
  return person
}
