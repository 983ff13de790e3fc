import { sql } from 'kysely'
import { after } from '../../lib/clock.ts'
import type { Context } from '../../store/context.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

/** How long it is kept that somebody wrote a line on a day; less long of a line that one person alone wrote. */
const keptDays = 90
const keptDaysOfOne = 30

/**
 * Forgets evidence that is old, and footers that nobody writes any more. What an administrator has switched on or off
 * stays. Returns how many footers were forgotten.
 */
export async function forgetFooters({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<number> {
  const before = (days: number) =>
    after(clock(), -days * DAY_MS)
      .toISOString()
      .slice(0, 10)
  await sql`
    delete from footer_sighting
    where day < ${before(keptDays)}::date or (day < ${before(keptDaysOfOne)}::date and not exists (
      select from footer_sighting as other
      where other.domain = footer_sighting.domain and other.digest = footer_sighting.digest
        and other.person_id <> footer_sighting.person_id
    ))`.execute(db)
  const { numAffectedRows } = await sql`
    delete from footer
    where state in ('learned', 'proposed') and not exists (
      select from footer_sighting
      where footer_sighting.domain = footer.domain and footer_sighting.digest = footer.digest
    )`.execute(db)
  return Number(numAffectedRows ?? 0)
}
