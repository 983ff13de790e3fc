import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { after } from '../lib/clock.ts'
import type { Readiness, ReadinessProblem, ReadinessWarning } from '../lib/readiness.ts'
import { expiryWarning } from '../mailboxes/expiry-warning.ts'
import { isDown } from '../mailboxes/is-down.ts'
import type { Context } from '../store/context.ts'

/** A job runs each minute; without any for so long the queue stands still. */
const STALLED_MS = 5 * 60_000
/** Whoever asks for readiness waits no longer, and a database that takes longer is of no use. */
const DATABASE_MS = 5_000

/** Judges whether the product can do its work: the database answers, jobs are worked, every mailbox is reached. */
export async function judgeReadiness(context: Context, startedAt: Date): Promise<Readiness> {
  const given = new AbortController()
  const looked = look(context)
  // Beyond the deadline its failure is nobody's any more.
  looked.catch(() => undefined)
  try {
    const late = sleep(DATABASE_MS, null, { signal: given.signal })
    const found = await Promise.race([looked, late])
    if (found === null) throw new Error('the database did not answer in time')
    const isNew = startedAt > after(context.clock(), -STALLED_MS)
    return [
      { name: 'database', problems: [] },
      { name: 'queue', problems: found.ran || isNew ? [] : [{ code: 'queue-stalled' }] },
      {
        name: 'mailboxes',
        problems: found.mailboxes.flatMap((row) => problemOf(row, context.clock())),
        warnings: found.mailboxes.flatMap((row) => warningOf(row, context.clock())),
      },
    ]
  } catch (error) {
    context.log.error({ err: error }, 'the database cannot be reached')
    return [{ name: 'database', problems: [{ code: 'database-unreachable' }] }]
  } finally {
    given.abort()
  }
}

async function look({ db, clock }: Context) {
  const [job] = (
    await sql<{ ran: boolean }>`select exists (select from pgboss.job
      where name = 'resume-due' and completed_on > ${after(clock(), -STALLED_MS)}) as ran`.execute(db)
  ).rows
  const mailboxes = await db
    .selectFrom('mailbox')
    .select(['name', 'state', 'trouble', 'settings'])
    .orderBy('name')
    .execute()
  return { ran: job?.ran ?? false, mailboxes }
}

type Row = Awaited<ReturnType<typeof look>>['mailboxes'][number]

function problemOf({ name, state, trouble }: Row, now: Date): ReadinessProblem[] {
  if (state === 'disabled' || trouble === null || !isDown({ state, trouble }, now)) return []
  const code = state === 'running' ? 'mailbox-unreachable' : (`mailbox-${state}` as const)
  return [{ code, mailbox: name, since: trouble.since, providerCode: trouble.providerCode }]
}

function warningOf(row: Row, now: Date): ReadinessWarning[] {
  const warning = expiryWarning(row, now)
  if (warning === null) return []
  const { code, since, daysLeft } = warning
  return [{ code, mailbox: row.name, since: since.toISOString(), daysLeft }]
}
