import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { expectedTimes } from '../../../outbound/expected-times.ts'
import type { Context } from '../../../store/context.ts'
import type { Database } from '../../../store/schema.ts'
import { maskReplyTokens } from '../../mask-reply-tokens.ts'
import { personRefOf } from '../../person-ref.ts'
import type { inboundSummary, outboundSummary, unfetchedSummary } from './message-view.ts'
import { inboundStanding, outboundStanding, unfetchedStanding } from './standing.ts'

/** Inbound messages without their octets, which only the raw download needs. */
export function selectInbound(db: Kysely<Database>) {
  return db
    .selectFrom('inboundMessage')
    .innerJoin('mailbox', 'mailbox.id', 'inboundMessage.mailboxId')
    .select((from) => [
      'inboundMessage.id',
      'mailbox.name as mailbox',
      'inboundMessage.folder',
      'inboundMessage.fromAddress',
      'inboundMessage.subject',
      'inboundMessage.receivedAt',
      'inboundMessage.state',
      'inboundMessage.outcome',
      'inboundMessage.error',
      'inboundMessage.attempts',
      'inboundMessage.nextAttemptAt',
      'inboundMessage.settleState',
      'inboundMessage.requestId',
      'inboundMessage.actionId',
      'inboundMessage.rawSize',
      'inboundMessage.rawSha256',
      'inboundMessage.erasedAt',
      from
        .selectFrom('person')
        .select((person) => personRefOf(person).as('person'))
        .whereRef('person.id', '=', 'inboundMessage.personId')
        .as('person'),
    ])
}

type InboundRow = Awaited<ReturnType<ReturnType<typeof selectInbound>['execute']>>[number]

export function toInboundSummary(row: InboundRow): z.output<typeof inboundSummary> {
  return {
    direction: 'inbound',
    id: row.id,
    mailbox: row.mailbox,
    folder: row.folder,
    from: row.fromAddress,
    subject: maskReplyTokens(row.subject),
    receivedAt: row.receivedAt.toISOString(),
    state: row.state,
    standing: inboundStanding(row),
    outcome: row.outcome,
    error: row.error,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    settleState: row.settleState,
    requestId: row.requestId,
    actionId: row.actionId,
    person: row.person,
    size: row.rawSize,
    sha256: row.rawSha256,
    erasedAt: row.erasedAt?.toISOString() ?? null,
  }
}

export function selectUnfetched(db: Kysely<Database>) {
  return db
    .selectFrom('failedFetch')
    .innerJoin('mailbox', 'mailbox.id', 'failedFetch.mailboxId')
    .selectAll('failedFetch')
    .select('mailbox.name as mailbox')
}

type UnfetchedRow = Awaited<ReturnType<ReturnType<typeof selectUnfetched>['execute']>>[number]

export function toUnfetchedSummary(row: UnfetchedRow): z.output<typeof unfetchedSummary> {
  return {
    direction: 'inbound',
    id: row.id,
    mailbox: row.mailbox,
    state: 'unfetched',
    standing: unfetchedStanding(row),
    providerId: row.providerId,
    firstFailedAt: row.firstFailedAt.toISOString(),
    error: row.error,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  }
}

export function selectOutbound(db: Kysely<Database>) {
  return db
    .selectFrom('outboundMessage')
    .innerJoin('mailbox', 'mailbox.id', 'outboundMessage.mailboxId')
    .selectAll('outboundMessage')
    .select([
      'mailbox.name as mailbox',
      'mailbox.state as mailboxState',
      'mailbox.sendRetryAt as mailboxRetryAt',
    ])
}

type OutboundRow = Awaited<ReturnType<ReturnType<typeof selectOutbound>['execute']>>[number]

/** Our mails as lists show them, in order, with what they wait for and until when. */
export async function toOutboundSummaries(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  rows: OutboundRow[],
): Promise<z.output<typeof outboundSummary>[]> {
  const now = clock()
  const forBudget = rows.filter((row) => waitsFor(row, now) === 'sending-budget').map(({ id }) => id)
  const expected = await expectedTimes(db, forBudget, now)
  return rows.map((row) => toOutboundSummary(row, expected.get(row.id) ?? null, now))
}

function toOutboundSummary(
  row: OutboundRow,
  expectedByBudget: Date | null,
  now: Date,
): z.output<typeof outboundSummary> {
  const reason = waitsFor(row, now)
  const times: Partial<Record<NonNullable<typeof reason>, Date | null>> = {
    'sending-budget': expectedByBudget,
    'next-attempt': row.nextAttemptAt,
    'mailbox-trouble': row.mailboxRetryAt,
  }
  const expectedAt = reason && times[reason]
  return {
    direction: 'outbound',
    id: row.id,
    mailbox: row.mailbox,
    kind: row.kind,
    to: row.toAddress,
    createdAt: row.createdAt.toISOString(),
    state: row.state,
    standing: outboundStanding(row),
    error: row.error,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt.toISOString(),
    waitsFor: reason,
    expectedAt: expectedAt?.toISOString() ?? null,
    sentAt: row.sentAt?.toISOString() ?? null,
    messageId: row.messageId && maskReplyTokens(row.messageId),
    requestId: row.requestId,
    actionId: row.actionId,
    inReplyTo: row.inReplyTo,
  }
}

function waitsFor(row: OutboundRow, now: Date): z.output<typeof outboundSummary>['waitsFor'] {
  if (row.state !== 'waiting' && row.state !== 'unknown') return null
  if (row.mailboxState !== 'running') return `mailbox-${row.mailboxState}`
  if (row.nextAttemptAt > now) return 'next-attempt'
  if (row.mailboxRetryAt !== null && row.mailboxRetryAt > now) return 'mailbox-trouble'
  return row.waitsFor
}
