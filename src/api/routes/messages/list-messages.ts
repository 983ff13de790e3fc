import type { z } from 'zod'
import type { Context } from '../../../store/context.ts'
import { toPage } from '../../paging.ts'
import { addressesOfPerson } from './addresses-of-person.ts'
import { listInbound } from './list-inbound.ts'
import { listOutbound } from './list-outbound.ts'
import type { messageItem } from './message-view.ts'
import type { Standing } from './standing.ts'

export interface MessageFilter {
  limit: number
  /** The id that the page before ended with. */
  after?: string | undefined
  direction?: 'inbound' | 'outbound' | undefined
  mailbox?: string | undefined
  request?: number | undefined
  /** One of somebody's addresses, or a stranger's. */
  person?: string | undefined
  standing?: Standing | undefined
}

/** A page of the mail log, what came in and what went out in one, newest first. */
export async function listMessages(
  context: Pick<Context, 'db' | 'clock'>,
  { direction, person: address, ...rest }: MessageFilter,
): Promise<{ items: z.output<typeof messageItem>[]; next: string | null }> {
  const person = address === undefined ? undefined : await addressesOfPerson(context.db, address)
  const filter = { ...rest, person }
  // One more than a page of both: whether there is a following page shows in the two together.
  const both = [
    direction === 'outbound' ? null : await listInbound(context.db, { ...filter, limit: filter.limit + 1 }),
    direction === 'inbound' ? null : await listOutbound(context, { ...filter, limit: filter.limit + 1 }),
  ]
  // Ids sort by time of making, those of all tables alike.
  const newestFirst = both
    .flatMap((page): z.output<typeof messageItem>[] => page?.items ?? [])
    .sort((one, other) => (one.id < other.id ? 1 : -1))
  const { rows, next } = toPage(newestFirst, filter.limit)
  return { items: rows, next }
}
