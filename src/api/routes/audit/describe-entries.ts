import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { answerText } from '../../../approvals/model/answer-text.ts'
import { localText } from '../../../approvals/model/local-text.ts'
import type { ProcessDefinition } from '../../../approvals/model/process.ts'
import { type Locale, type Translate, translator } from '../../../lib/translate.ts'
import { type AuditKind, auditKinds } from '../../../store/audit-kinds.ts'
import type { Database } from '../../../store/schema.ts'
import { maskReplyTokensIn } from '../../mask-reply-tokens.ts'
import type { auditEntryView } from './audit-entry-view.ts'
import type { EntryRow } from './select-entries.ts'

type EntryView = z.output<typeof auditEntryView>

/** Entries with what happened in words: names of people, titles of steps, labels of answers in place of what is stored. */
export async function describeEntries(
  db: Kysely<Database>,
  rows: EntryRow[],
  locale: Locale,
): Promise<EntryView[]> {
  const known = await loadKnown(db, rows)
  const text = translator(locale)
  return rows.map((row) => {
    const payload = row.payload && (maskReplyTokensIn(row.payload) as Record<string, unknown>)
    const facts = payload ?? {}
    return {
      id: `${row.requestId}-${row.sequence}`,
      request: { id: row.requestId, title: row.title },
      sequence: row.sequence,
      at: row.at.toISOString(),
      kind: row.kind,
      by: actorOf(row),
      said: wordsOf({ row, facts, known, locale }, text),
      door: doorOf(row.kind, facts),
      comment: textIn(facts.comment),
      payload,
      payloadDigest: row.payloadDigest,
      previousDigest: row.previousDigest,
      digest: row.digest,
    }
  })
}

function actorOf({ actorId, actorAddress, actorName }: EntryRow): EntryView['by'] {
  if (actorId === null || actorAddress === null || actorName === null) return null
  return { id: actorId, address: actorAddress, name: actorName }
}

/** By which door it came; of what comes by mail alone, that. */
function doorOf(kind: string, facts: Record<string, unknown>): EntryView['door'] {
  const { door } = facts
  if (door === 'mail' || door === 'portal' || door === 'api') return door
  return kind === 'action-commented' || textIn(facts.inboundMessageId) !== '' ? 'mail' : null
}

/** What the facts of entries name by id, name or address. */
interface Known {
  /** By id of the process. */
  definitions: Map<string, ProcessDefinition>
  /** Names of steps by id of the action. */
  steps: Map<string, string>
  /** Names of people, by address. */
  names: Map<string, string>
}

async function loadKnown(db: Kysely<Database>, rows: EntryRow[]): Promise<Known> {
  if (rows.length === 0) return { definitions: new Map(), steps: new Map(), names: new Map() }
  const facts = rows.map(({ payload }) => (payload ?? {}) as Record<string, unknown>)
  const processes = await db
    .selectFrom('process')
    .select(['id', 'definition'])
    .where('id', 'in', [...new Set(rows.map(({ processId }) => processId))])
    .execute()
  const requests = [...new Set(rows.map(({ requestId }) => requestId))]
  const actions = await db
    .selectFrom('action')
    .select(['id', 'step'])
    .where('requestId', 'in', requests)
    .execute()
  const addresses = facts.flatMap(({ assignees, requester, to, away, released, entered }) => [
    ...textsIn(assignees),
    textIn(away),
    assigneeIn(released),
    assigneeIn(entered),
    textIn(requester),
    textIn(to),
  ])
  const people = await db
    .selectFrom('person')
    .select(['address', 'name'])
    .where('address', 'in', [...new Set(addresses)])
    .execute()
  return {
    definitions: new Map(processes.map(({ id, definition }) => [id, definition])),
    steps: new Map(actions.map(({ id, step }) => [id, step])),
    names: new Map(people.map(({ address, name }) => [address, name])),
  }
}

interface Described {
  row: EntryRow
  facts: Record<string, unknown>
  known: Known
  locale: Locale
}

function wordsOf(described: Described, text: Translate): string {
  const { row, facts, known, locale } = described
  const kind = auditKinds.find((one) => one === row.kind)
  if (kind === undefined) return text('audit:said.other', { kind: row.kind })
  const nameOf = (address: string) => known.names.get(address) ?? address
  const names = textsIn(facts.assignees).map(nameOf)
  return text(`audit:said.${keyOf(kind, row, facts)}`, {
    name: row.actorName ?? text('audit:nobody'),
    step: stepOf(described),
    answer: answerOf(described),
    names: new Intl.ListFormat(locale).format(names) || text('audit:erased'),
    to: nameOf(textIn(facts.to)) || text('audit:erased'),
    assignee: nameOf(assigneeIn(facts.released) || assigneeIn(facts.entered)),
    away: nameOf(textIn(facts.away)) || text('audit:erased'),
    requester: nameOf(textIn(facts.requester)) || text('audit:erased'),
    ending: endingOf(described),
  })
}

/** What somebody did for somebody else is told otherwise. */
function keyOf(
  kind: AuditKind,
  { actorAddress }: EntryRow,
  { requester, released, entered }: Described['facts'],
): string {
  if (kind === 'action-decided' && assigneeIn(released) !== '') return 'action-decided-released'
  if (kind === 'action-decided' && assigneeIn(entered) !== '') return 'action-decided-entered'
  if (kind === 'evidence-exported' && actorAddress === null) return 'evidence-exported-operator'
  const isForOther = kind === 'request-created' && textIn(requester) !== '' && requester !== actorAddress
  return isForOther ? 'request-created-for' : kind
}

function stepOf({ row, facts, known, locale }: Described): string {
  const name = textIn(facts.step) || known.steps.get(textIn(facts.actionId)) || ''
  const step = known.definitions.get(row.processId)?.steps.find((one) => one.name === name)
  return step ? localText(step.title, locale) : name
}

function answerOf({ row, facts, known, locale }: Described): string {
  const result = textIn(facts.result)
  const definition = known.definitions.get(row.processId)
  const step = definition?.steps.find(({ name }) => name === facts.step)
  return definition && step ? answerText({ definition, step }, step.question.id, result, locale) : result
}

function endingOf({ row, facts, known, locale }: Described): string {
  const ending = textIn(facts.ending)
  const title = known.definitions.get(row.processId)?.endings[ending]
  return title ? localText(title, locale) : ending
}

/** For whom an administrator has released or entered an answer, by address. */
function assigneeIn(vouched: unknown): string {
  const isThere = typeof vouched === 'object' && vouched !== null && 'assignee' in vouched
  return isThere ? textIn(vouched.assignee) : ''
}

/** Facts may be erased, and are not typed. */
const textIn = (fact: unknown): string => (typeof fact === 'string' ? fact : '')

const textsIn = (fact: unknown): string[] => (Array.isArray(fact) ? fact.map(textIn) : [])
