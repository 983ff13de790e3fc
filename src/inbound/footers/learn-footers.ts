import { type Kysely, sql } from 'kysely'
import { newId } from '../../lib/new-id.ts'
import type { FooterJudgement } from '../../replies/regions/judge-footer.ts'
import type { Context } from '../../store/context.ts'
import type { Database } from '../../store/schema.ts'

/** A line that stood at the end of somebody's reply. */
export interface Sighting {
  domain: string
  /** Its folded words. */
  key: string
  digest: string
  personId: string
  /** Of UTC, `2026-11-24`. */
  day: string
  line: string
  judgement: Exclude<FooterJudgement, 'never'>
  messageId: string
}

/** What makes a line a footer of its domain: so many people, each counted once a day, and so many days. */
const enough = { people: 3, mails: 5, days: 2 }

/** Of so many days on which these people decided by mail, they wrote it on one at least. */
const decidingDays = 2

/** More footers than these are somebody's prose. */
const mostPerDomain = 50

/** Learns those of these lines that the evidence suffices for. What a domain has already is left as it is. */
export async function learnFooters(
  { db, clock, log }: Pick<Context, 'db' | 'clock' | 'log'>,
  sightings: Sighting[],
): Promise<void> {
  if (sightings.length === 0) return
  const proven = await findProven(db, sightings)
  for (const { domain, digest } of proven) {
    const sighting = sightings.find((one) => one.domain === domain && one.digest === digest)
    if (sighting === undefined) continue
    const { key, line, judgement, messageId } = sighting
    const id = newId()
    const state = judgement === 'harmless' ? 'learned' : 'proposed'
    const { rows } = await sql`
      insert into footer (id, domain, key, digest, line, state, learned_at, example_id)
      select ${id}::uuid, ${domain}, ${key}, ${digest}, ${line}, ${state}, ${clock()}::timestamptz, ${messageId}::uuid
      where (select count(*) from footer where domain = ${domain}) < ${mostPerDomain}
      on conflict do nothing
      returning id`.execute(db)
    if (rows.length > 0)
      log.info({ footer: id, domain, state }, 'a footer was found in the replies of a domain')
  }
}

/** Lines with the evidence that they need, and no footer yet. */
async function findProven(
  db: Kysely<Database>,
  sightings: Sighting[],
): Promise<{ domain: string; digest: string }[]> {
  const seen = JSON.stringify(sightings.map(({ domain, digest, key }) => ({ domain, digest, key })))
  const { rows } = await sql<{ domain: string; digest: string }>`
    with line as (
      select distinct domain, digest from json_populate_recordset(null::footer, ${seen}::json) as seen
      where not exists (select from footer where footer.domain = seen.domain and footer.key = seen.key)
    ), evidence as (
      select domain, digest, count(*) as mails, min(day) as since, array_agg(distinct person_id) as people
      from line join footer_sighting using (domain, digest)
      group by domain, digest
      having count(distinct person_id) >= ${enough.people}
        and count(*) >= ${enough.mails}
        and count(distinct day) >= ${enough.days}
    )
    select domain, digest from evidence
    where mails * ${decidingDays} >= (
      select count(distinct (person_id, (decided_at at time zone 'UTC')::date)) from decision
      where door = 'mail' and person_id = any (people) and decided_at >= since
    )`.execute(db)
  return rows
}
