import { sql } from 'kysely'
import { AppError } from '../../lib/app-error.ts'
import { foldAddress } from '../../lib/fold-address.ts'
import type { Context } from '../../store/context.ts'

/** Who may be guessing: on one account from many places, or from one place on many accounts. */
export interface Attempt {
  account: string
  remoteAddress: string
}

/** How many failures are a person who forgets; behind one address there may be a whole office. */
const freeOfAccount = 5
const freeOfPlace = 50
const LONGEST_WAIT_S = 15 * 60
const FORGOTTEN_AFTER = '1 day'

/**
 * Lets an attempt to sign in be looked at, and counts it as failed until `forgive`: so attempts made at the same time
 * count, too. From the sixth failure of an account on, and the fifty-first of an address, each must wait twice as long
 * as the one before. Throws `too-many-attempts` to whoever comes earlier, whether there is such an account or not.
 */
export async function admitAttempt(context: Pick<Context, 'db' | 'clock' | 'keys'>, attempt: Attempt) {
  const { place, account } = keysOf(context, attempt)
  await count(context, place, freeOfPlace)
  await count(context, account, freeOfAccount)
}

/** The attempt was none of those that must be slowed down. */
export async function forgive(context: Pick<Context, 'db' | 'keys'>, attempt: Attempt): Promise<void> {
  const { place, account } = keysOf(context, attempt)
  await context.db.deleteFrom('signInThrottle').where('key', '=', account).execute()
  // The others of this address stay: who has one account could else try any number of others.
  await sql`
    update sign_in_throttle set failures = greatest(failures - 1, 0), wait_until = failed_at
    where key = ${place}`.execute(context.db)
}

/** Forgets what is old. Those who try addresses at random would fill the table. */
export async function forgetAttempts({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  await sql`
    delete from sign_in_throttle
    where failed_at < ${clock()}::timestamptz - ${FORGOTTEN_AFTER}::interval`.execute(db)
}

async function count({ db, clock }: Pick<Context, 'db' | 'clock'>, key: string, free: number): Promise<void> {
  const now = clock()
  const wait = (failures: ReturnType<typeof sql>) => sql`
    case when ${failures} <= ${free}::integer then interval '0'
    else make_interval(secs => least(power(2, least(${failures} - ${free}::integer, 20)), ${LONGEST_WAIT_S})) end`
  const failures = sql`
    (case when sign_in_throttle.failed_at < ${now}::timestamptz - ${FORGOTTEN_AFTER}::interval then 1
    else sign_in_throttle.failures + 1 end)`
  // One statement, so that of attempts at the same time each sees the one before.
  const admitted = await sql`
    insert into sign_in_throttle (key, failures, failed_at, wait_until) values (${key}, 1, ${now}, ${now})
    on conflict (key) do update
    set failures = ${failures}, failed_at = ${now}, wait_until = ${now}::timestamptz + ${wait(failures)}
    where sign_in_throttle.wait_until <= ${now}
    returning key`.execute(db)
  if (admitted.rows.length > 0) return
  const row = await db
    .selectFrom('signInThrottle')
    .select('waitUntil')
    .where('key', '=', key)
    .executeTakeFirst()
  const waitMs = (row?.waitUntil ?? now).getTime() - now.getTime()
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
  throw new AppError('too-many-attempts', { seconds: String(seconds) })
}

/** What was typed for an address may be a password, so neither is kept as it is. */
function keysOf({ keys }: Pick<Context, 'keys'>, { account, remoteAddress }: Attempt) {
  return {
    account: keys.digestText(`account ${foldAddress(account)}`),
    place: keys.digestText(`place ${networkOf(remoteAddress)}`),
  }
}

/** Whoever has an IPv6 address has 2^64 of them (RFC 4291, 2.5.1): they count as one. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [head = '', tail = ''] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail.split(':').filter(Boolean)
  const all = [...groups, ...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
  return all.slice(0, 4).join(':')
}
