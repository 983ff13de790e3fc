import type { Kysely } from 'kysely'
import type { ReadContext } from '../../replies/reading.ts'
import { judgeFooter } from '../../replies/regions/judge-footer.ts'
import { splitLines } from '../../replies/text-lines.ts'
import type { Database } from '../../store/schema.ts'
import { together } from '../../store/together.ts'
import { footerDomain } from './footer-domain.ts'

/**
 * The footers of a sender's domain that are taken off their replies: those that an administrator has switched on, and
 * of those that were learned the ones that no answer to these questions is doubted by, whatever was asked when they
 * were learned.
 */
export async function usedFooters(
  db: Kysely<Database>,
  sender: string,
  context: Pick<ReadContext, 'questions' | 'locale'>,
): Promise<string[]> {
  const domain = footerDomain(sender)
  if (domain === null) return []
  const footers = await footersOf(db, domain)
  return footers
    .filter(({ state, line }) => state === 'on' || isHarmless(line, context))
    .map(({ line }) => line)
}

function isHarmless(text: string, context: Pick<ReadContext, 'questions' | 'locale'>): boolean {
  return splitLines(text).every((line) => judgeFooter(line, context) === 'harmless')
}

const footersOf = together(async (db, domains: readonly string[]) => {
  const rows = await db
    .selectFrom('footer')
    .select(['domain', 'line', 'state'])
    .where('domain', 'in', domains)
    .where('state', 'in', ['learned', 'on'])
    .execute()
  return domains.map((domain) => rows.filter((row) => row.domain === domain))
})
