import type { Kysely } from 'kysely'
import { OUTCOME_UNKNOWN } from '../../../lib/outcome-unknown.ts'
import type { Locale } from '../../../lib/translate.ts'
import type { Database, Failure } from '../../../store/schema.ts'
import { maskReplyTokens } from '../../mask-reply-tokens.ts'
import { toPage } from '../../paging.ts'
import { selectInbound, selectOutbound, selectUnfetched } from '../messages/select-messages.ts'
import type { DeadLetter } from './dead-letter-view.ts'
import { explain } from './explain.ts'

export interface DeadLetterFilter {
  limit: number
  /** The id that the page before ended with. */
  after?: string | undefined
  mailbox?: string | undefined
}

type Unexplained = Omit<DeadLetter, 'code' | 'detail' | 'explanation'> & { error: Failure }

/** A page of what was given up, in and out, newest first. */
export async function listDeadLetters(
  db: Kysely<Database>,
  filter: DeadLetterFilter,
  locale: Locale,
): Promise<{ items: DeadLetter[]; next: string | null }> {
  const found = [
    ...(await notFetched(db, filter)),
    ...(await notProcessed(db, filter)),
    ...(await notDelivered(db, filter)),
  ]
  // Ids sort by time of making, those of all tables alike.
  const newestFirst = found.sort((one, other) => (one.id < other.id ? 1 : -1))
  const { rows, next } = toPage(newestFirst, filter.limit)
  const items = rows.map(({ error, ...letter }) => ({
    ...letter,
    code: error.code,
    detail: maskReplyTokens(error.message),
    explanation: explain({ id: letter.id, error }, locale),
  }))
  return { items, next }
}

async function notFetched(
  db: Kysely<Database>,
  { limit, after, mailbox }: DeadLetterFilter,
): Promise<Unexplained[]> {
  let query = selectUnfetched(db).where('failedFetch.nextAttemptAt', 'is', null)
  if (after !== undefined) query = query.where('failedFetch.id', '<', after)
  if (mailbox !== undefined) query = query.where('mailbox.name', '=', mailbox)
  const rows = await query
    .orderBy('failedFetch.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: 'not-fetched',
    mailbox: row.mailbox,
    at: row.firstFailedAt.toISOString(),
    about: '',
    requestId: null,
    attempts: row.attempts,
    error: row.error,
  }))
}

async function notProcessed(
  db: Kysely<Database>,
  { limit, after, mailbox }: DeadLetterFilter,
): Promise<Unexplained[]> {
  let query = selectInbound(db)
    .where('inboundMessage.state', '=', 'dead')
    .where('inboundMessage.erasedAt', 'is', null)
  if (after !== undefined) query = query.where('inboundMessage.id', '<', after)
  if (mailbox !== undefined) query = query.where('mailbox.name', '=', mailbox)
  const rows = await query
    .orderBy('inboundMessage.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: 'not-processed',
    mailbox: row.mailbox,
    at: row.receivedAt.toISOString(),
    about: maskReplyTokens(`${row.fromAddress} ${row.subject}`.trim()),
    requestId: row.requestId,
    attempts: row.attempts,
    error: row.error ?? noReason,
  }))
}

async function notDelivered(
  db: Kysely<Database>,
  { limit, after, mailbox }: DeadLetterFilter,
): Promise<Unexplained[]> {
  let query = selectOutbound(db).where('outboundMessage.state', 'in', ['dead', 'undelivered'])
  if (after !== undefined) query = query.where('outboundMessage.id', '<', after)
  if (mailbox !== undefined) query = query.where('mailbox.name', '=', mailbox)
  const rows = await query
    .orderBy('outboundMessage.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: kindOf(row),
    mailbox: row.mailbox,
    at: row.createdAt.toISOString(),
    about: `${row.toAddress} ${row.kind}`,
    requestId: row.requestId,
    attempts: row.attempts,
    error: row.error ?? noReason,
  }))
}

function kindOf({ state, error }: { state: string; error: Failure | null }): DeadLetter['kind'] {
  if (state === 'undelivered') return 'undelivered'
  return error?.code === OUTCOME_UNKNOWN ? 'outcome-unknown' : 'not-sent'
}

const noReason: Failure = { code: 'internal', message: '' }
