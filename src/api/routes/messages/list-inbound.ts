import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Database, InboundOutcome } from '../../../store/schema.ts'
import { toPage } from '../../paging.ts'
import type { MessageFilter } from './message-filter.ts'
import type { inboundItem } from './message-view.ts'
import { selectInbound, selectUnfetched, toInboundSummary, toUnfetchedSummary } from './select-messages.ts'
import { outcomesOf } from './standing.ts'

export interface InboundFilter extends MessageFilter {
  state?: z.output<typeof inboundItem>['state'] | undefined
  outcome?: InboundOutcome | undefined
}

/** A page of what came in, newest first, with what could not be fetched. */
export async function listInbound(
  db: Kysely<Database>,
  filter: InboundFilter,
): Promise<{ items: z.output<typeof inboundItem>[]; next: string | null }> {
  const found = [...(await fetched(db, filter)), ...(await unfetched(db, filter))]
  // Ids sort by time of making, those of both tables alike.
  const newestFirst = found.sort((one, other) => (one.id < other.id ? 1 : -1))
  const { rows, next } = toPage(newestFirst, filter.limit)
  return { items: rows, next }
}

async function fetched(
  db: Kysely<Database>,
  { limit, after, mailbox, request, person, standing, state, outcome }: InboundFilter,
) {
  if (state === 'unfetched') return []
  let messages = selectInbound(db)
    .orderBy('inboundMessage.id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) messages = messages.where('inboundMessage.id', '<', after)
  if (mailbox !== undefined) messages = messages.where('mailbox.name', '=', mailbox)
  if (request !== undefined) messages = messages.where('inboundMessage.requestId', '=', request)
  if (person !== undefined) messages = messages.where('inboundMessage.fromAddress', 'in', person)
  if (state !== undefined) messages = messages.where('inboundMessage.state', '=', state)
  if (outcome !== undefined) messages = messages.where('inboundMessage.outcome', '=', outcome)
  if (standing === 'dead') messages = messages.where('inboundMessage.state', '=', 'dead')
  else if (standing === 'waiting') messages = messages.where('inboundMessage.state', '=', 'received')
  else if (standing !== undefined) {
    const outcomes = outcomesOf(standing)
    if (outcomes.length === 0) return []
    messages = messages.where('inboundMessage.outcome', 'in', outcomes)
  }
  return (await messages.execute()).map(toInboundSummary)
}

/** Of these it is not known whom or what they are about. */
async function unfetched(
  db: Kysely<Database>,
  { limit, after, mailbox, request, person, standing, state, outcome }: InboundFilter,
) {
  if (request !== undefined || person !== undefined || outcome !== undefined) return []
  if (state !== undefined && state !== 'unfetched') return []
  if (standing !== undefined && standing !== 'dead' && standing !== 'waiting') return []
  let messages = selectUnfetched(db)
    .orderBy('failedFetch.id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) messages = messages.where('failedFetch.id', '<', after)
  if (mailbox !== undefined) messages = messages.where('mailbox.name', '=', mailbox)
  if (standing !== undefined) {
    messages = messages.where('failedFetch.nextAttemptAt', standing === 'dead' ? 'is' : 'is not', null)
  }
  return (await messages.execute()).map(toUnfetchedSummary)
}
