import { type Kysely, sql } from 'kysely'
import { after } from '../../../lib/clock.ts'
import type { Database } from '../../../store/schema.ts'
import { AGE_ENDS, PERIOD_DAYS, type Waiting } from './dashboard-view.ts'

const DAY_MS = 24 * 60 * 60_000

/** The actions that wait for somebody, by how long they do, and how many did a while ago. */
export async function loadWaiting(db: Kysely<Database>, now: Date): Promise<Waiting> {
  const limits = AGE_ENDS.map((days) => (days * DAY_MS) / 1_000)
  const ages = await db
    .selectFrom('action')
    .select((row) => [
      sql<number>`width_bucket(
        extract(epoch from ${now}::timestamptz - ${row.ref('openedAt')})::float8, ${limits}::float8[]
      )`.as('age'),
      sql<number>`count(*)::integer`.as('count'),
      sql<number>`(count(*) filter (where ${row.ref('dueAt')} <= ${now}))::integer`.as('overdue'),
    ])
    .where('status', '=', 'open')
    .groupBy('age')
    .execute()
  const oldest = await db
    .selectFrom('action')
    .select(['requestId', 'openedAt'])
    .where('status', '=', 'open')
    .orderBy('openedAt')
    .limit(1)
    .executeTakeFirst()
  const counts = new Map(ages.map(({ age, count }) => [age, count]))
  return {
    count: sum(ages.map(({ count }) => count)),
    overdue: sum(ages.map(({ overdue }) => overdue)),
    oldest: oldest ? { requestId: oldest.requestId, openedAt: oldest.openedAt.toISOString() } : null,
    byAge: [0, ...AGE_ENDS].map((fromDays, index) => ({
      fromDays,
      toDays: AGE_ENDS[index] ?? null,
      count: counts.get(index) ?? 0,
    })),
    before: await countWaitingAt(db, after(now, -PERIOD_DAYS * DAY_MS)),
  }
}

/** Two counts, because an `or` of them would go through all actions there are. */
async function countWaitingAt(db: Kysely<Database>, moment: Date): Promise<number> {
  const opened = db
    .selectFrom('action')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('openedAt', '<=', moment)
  const still = await opened.where('status', '=', 'open').executeTakeFirstOrThrow()
  const closedSince = await opened.where('closedAt', '>', moment).executeTakeFirstOrThrow()
  return still.count + closedSince.count
}

function sum(counts: number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}
