import { type Kysely, sql } from 'kysely'
import type { Database } from '../../../store/schema.ts'
import { maskReplyTokens } from '../../mask-reply-tokens.ts'
import { toPage } from '../../paging.ts'
import { personRefOf } from '../../person-ref.ts'
import type { FooterView } from './footer-view.ts'

export interface FooterFilter {
  limit: number
  /** The id that the page before ended with. */
  after?: string | undefined
  domain?: string | undefined
  state?: FooterView['state'] | undefined
}

/** A page of footers with their evidence, what was found last first. */
export async function loadFooters(
  db: Kysely<Database>,
  { limit, after, domain, state }: FooterFilter,
): Promise<{ items: FooterView[]; next: string | null }> {
  let query = selectFooters(db)
  if (after !== undefined) query = query.where('footer.id', '<', after)
  if (domain !== undefined) query = query.where('footer.domain', '=', domain)
  if (state !== undefined) query = query.where('footer.state', '=', state)
  const found = await query
    .orderBy('footer.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { rows, next } = toPage(found, limit)
  return { items: rows.map(toView), next }
}

/** One that is there. */
export async function loadFooter(db: Kysely<Database>, id: string): Promise<FooterView> {
  return toView(await selectFooters(db).where('footer.id', '=', id).executeTakeFirstOrThrow())
}

function selectFooters(db: Kysely<Database>) {
  return db
    .selectFrom('footer')
    .leftJoin('person', 'person.id', 'footer.switchedBy')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('footerSighting')
          .select([
            sql<number>`count(distinct person_id)`.as('people'),
            sql<number>`count(*)`.as('mails'),
            sql<string | null>`min(day)::text`.as('firstSeen'),
            sql<string | null>`max(day)::text`.as('lastSeen'),
          ])
          .whereRef('footerSighting.domain', '=', 'footer.domain')
          .whereRef('footerSighting.digest', '=', 'footer.digest')
          .as('seen'),
      (join) => join.onTrue(),
    )
    .select(['footer.id', 'footer.domain', 'footer.line', 'footer.state'])
    .select(['footer.learnedAt', 'footer.exampleId', 'footer.switchedAt', 'footer.switchedBy'])
    .select(['seen.people', 'seen.mails', 'seen.firstSeen', 'seen.lastSeen'])
    .select((from) => personRefOf(from).as('person'))
}

type FooterRow = Awaited<ReturnType<ReturnType<typeof selectFooters>['execute']>>[number]

function toView(row: FooterRow): FooterView {
  const { id, domain, line, state, people, mails, firstSeen, lastSeen } = row
  return {
    id,
    domain,
    line: maskReplyTokens(line),
    state,
    evidence: { people: people ?? 0, mails: mails ?? 0, firstSeen, lastSeen },
    learnedAt: row.learnedAt.toISOString(),
    exampleMessageId: row.exampleId,
    switchedAt: row.switchedAt?.toISOString() ?? null,
    switchedBy: row.switchedBy === null ? null : row.person,
  }
}
