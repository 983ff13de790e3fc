import { type Kysely, sql } from 'kysely'
import type { Database, InboundOutcome } from '../../../store/schema.ts'
import type { Span } from './dashboard-view.ts'

/** What becomes of a reply that a person wrote to us and that is believed to be theirs. */
const written: InboundOutcome[] = [
  'decided',
  'kept-partly',
  'commented',
  'asked-back',
  'held',
  'late',
  'instructed',
]

/**
 * How actions were decided in each of these spans of time, which are in its order: each ends where the next one begins,
 * the last one goes on.
 */
export async function loadSpans<const Begun extends readonly { at: Date }[]>(
  db: Kysely<Database>,
  begun: Begun,
): Promise<{ [Index in keyof Begun]: Begun[Index] & Span }> {
  const starts = begun.map(({ at }) => at)
  const [first = new Date()] = starts
  const spans: Span[] = starts.map(() => ({
    decisions: { mail: 0, portal: 0, api: 0 },
    secondsToDecide: null,
    replies: 0,
    askedBack: 0,
  }))
  /** The number of the span that a time lies in, from 1 on. */
  const spanOf = (time: ReturnType<typeof sql.ref>) =>
    sql<number>`width_bucket(${time}, ${starts}::timestamptz[])`.as('span')

  const decisions = await db
    .selectFrom('decision')
    .select(['door', spanOf(sql.ref('decidedAt')), sql<number>`count(*)::integer`.as('count')])
    .where('decidedAt', '>=', first)
    .groupBy(['door', 'span'])
    .execute()
  for (const { span, door, count } of decisions) {
    const found = spans[span - 1]
    if (found) found.decisions[door] = count
  }

  // An action closes when it is decided; what was asked is in one index with it, and what was answered is not looked at.
  const times = await db
    .selectFrom('action')
    .select([
      spanOf(sql.ref('closedAt')),
      sql<[number, number]>`percentile_cont(array[0.5, 0.9]) within group (
        order by extract(epoch from ${sql.ref('closedAt')} - ${sql.ref('openedAt')})::float8
      )`.as('seconds'),
    ])
    .where('status', '=', 'decided')
    .where('closedAt', '>=', first)
    .groupBy('span')
    .execute()
  for (const { span, seconds } of times) {
    const found = spans[span - 1]
    const [median, p90] = seconds
    if (found) found.secondsToDecide = { median, p90 }
  }

  const replies = await db
    .selectFrom('inboundMessage')
    .select((row) => [
      spanOf(sql.ref('receivedAt')),
      sql<number>`count(*)::integer`.as('count'),
      sql<number>`(count(*) filter (where ${row('outcome', '=', 'asked-back')}))::integer`.as('askedBack'),
    ])
    .where('receivedAt', '>=', first)
    .where('outcome', 'in', written)
    .groupBy('span')
    .execute()
  for (const { span, count, askedBack } of replies) {
    const found = spans[span - 1]
    if (found) Object.assign(found, { replies: count, askedBack })
  }
  return begun.map((one, index) => ({ ...one, ...spans[index] })) as {
    [Index in keyof Begun]: Begun[Index] & Span
  }
}
