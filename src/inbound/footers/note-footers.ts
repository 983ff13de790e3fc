import { type Kysely, sql } from 'kysely'
import { judgeFooter } from '../../replies/regions/judge-footer.ts'
import { lastLines } from '../../replies/regions/last-lines.ts'
import { keyOf } from '../../replies/words.ts'
import type { Context } from '../../store/context.ts'
import type { KeyRing } from '../../store/key-ring.ts'
import type { Database } from '../../store/schema.ts'
import { whatWasAsked } from '../read-context.ts'
import type { Understood } from '../understood.ts'
import { footerDomain } from './footer-domain.ts'
import { learnFooters, type Sighting } from './learn-footers.ts'

/** A longer line is prose; and its words have to fit into an index. */
const longestFooter = 600

/** Nobody's comments are to fill the database. */
const mostPerPersonAndDay = 12

/**
 * Notes what stood at the end of these replies, and learns what was seen often enough (ADR 14). It comes after what they
 * decided and apart from it: what fails here is logged, and what is repeated counts once.
 */
export async function noteFooters(
  context: Pick<Context, 'db' | 'clock' | 'log' | 'keys'>,
  messages: Understood[],
): Promise<void> {
  const sightings = messages.flatMap((message) => sightingsIn(message, context.keys))
  if (sightings.length === 0) return
  try {
    const added = await addSightings(context.db, sightings)
    await learnFooters(
      context,
      sightings.filter(({ domain, digest }) => added.has(domain + digest)),
    )
  } catch (error) {
    context.log.warn({ messages: messages.length, err: error }, 'footers could not be noted')
  }
}

/** Of a reply whose sender was accepted: nobody unproven teaches us anything. */
function sightingsIn({ row, message, asked, reading, verdict }: Understood, keys: KeyRing): Sighting[] {
  const [author] = message.from
  if (verdict.verdict !== 'accepted' || asked.asked === null || author === undefined) return []
  const domain = footerDomain(author.address)
  if (domain === null) return []
  const personId = asked.asked.person.id
  const day = row.receivedAt.toISOString().slice(0, 10)
  return lastLines(reading).flatMap((line) => {
    const key = keyOf(line.words)
    const judgement = judgeFooter(line, whatWasAsked(asked))
    if (judgement === 'never' || Math.max(key.length, line.text.length) > longestFooter) return []
    return {
      domain,
      key,
      digest: keys.digestText(key),
      personId,
      day,
      line: line.text.trim(),
      judgement,
      messageId: row.id,
    }
  })
}

/** Returns the domain and digest of each that was new, in one. */
async function addSightings(db: Kysely<Database>, sightings: Sighting[]): Promise<Set<string>> {
  const seen = JSON.stringify(
    sightings.map(({ domain, digest, personId, day }) => ({ domain, digest, person_id: personId, day })),
  )
  // In one order, so that two workers who note the same lines wait for each other, and not both.
  const { rows } = await sql<{ domain: string; digest: string }>`
    insert into footer_sighting (domain, digest, person_id, day)
    select distinct domain, digest, person_id, day
    from json_populate_recordset(null::footer_sighting, ${seen}::json) as seen
    where (
      select count(*) from footer_sighting as known
      where known.person_id = seen.person_id and known.day = seen.day
    ) < ${mostPerPersonAndDay}
    order by domain, digest, person_id, day
    on conflict do nothing
    returning domain, digest`.execute(db)
  return new Set(rows.map(({ domain, digest }) => domain + digest))
}
