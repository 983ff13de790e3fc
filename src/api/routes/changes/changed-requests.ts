import { sql } from 'kysely'
import { after } from '../../../lib/clock.ts'
import type { Context } from '../../../store/context.ts'

/** The newest audit entry of each request that something happened to lately, by number of the request. */
export type Heads = ReadonlyMap<number, number>

/**
 * How far one looks back: an entry bears the time at which its transaction began, by the clock of the server that wrote it, and is seen
 * only once that has ended.
 */
const LATE_MS = 30_000
/** More changes at once than anybody is told one by one. */
const MOST = 10_000

/** What happened since `since`, and shortly before; null when that is too much to be told apart. */
export async function recentHeads({ db }: Pick<Context, 'db'>, since: Date): Promise<Heads | null> {
  const rows = await db
    .selectFrom('auditEntry')
    .select(['requestId', sql<number>`max(sequence)`.as('sequence')])
    .where('at', '>', after(since, -LATE_MS))
    .groupBy('requestId')
    .limit(MOST)
    .execute()
  return rows.length < MOST ? new Map(rows.map(({ requestId, sequence }) => [requestId, sequence])) : null
}

/** The requests that something happened to between two looks; null when that is not known. */
export function changedRequests(before: Heads | null, now: Heads | null): number[] | null {
  if (before === null || now === null) return null
  return [...now].filter(([requestId, sequence]) => before.get(requestId) !== sequence).map(([id]) => id)
}
