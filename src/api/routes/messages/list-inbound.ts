import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Database, InboundOutcome } from '../../../store/schema.ts'
import { toPage } from '../../paging.ts'
import type { inboundItem } from './message-view.ts'
import { selectInbound, selectUnfetched, toInboundSummary, toUnfetchedSummary } from './select-messages.ts'

export interface InboundFilter {
  limit: number
  /** The id that the page before ended with. */
  after?: string | undefined
  mailbox?: string | undefined
  request?: number | undefined
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
  { limit, after, mailbox, request, state, outcome }: InboundFilter,
) {
  if (state === 'unfetched') return []
  let messages = selectInbound(db)
    .orderBy('inboundMessage.id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) messages = messages.where('inboundMessage.id', '<', after)
  if (mailbox !== undefined) messages = messages.where('mailbox.name', '=', mailbox)
  if (request !== undefined) messages = messages.where('inboundMessage.requestId', '=', request)
  if (state !== undefined) messages = messages.where('inboundMessage.state', '=', state)
  if (outcome !== undefined) messages = messages.where('inboundMessage.outcome', '=', outcome)
  return (await messages.execute()).map(toInboundSummary)
}

/** Of these it is not known what they are about. */
async function unfetched(
  db: Kysely<Database>,
  { limit, after, mailbox, request, state, outcome }: InboundFilter,
) {
  if (request !== undefined || outcome !== undefined) return []
  if (state !== undefined && state !== 'unfetched') return []
  let messages = selectUnfetched(db)
    .orderBy('failedFetch.id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) messages = messages.where('failedFetch.id', '<', after)
  if (mailbox !== undefined) messages = messages.where('mailbox.name', '=', mailbox)
  return (await messages.execute()).map(toUnfetchedSummary)
}
