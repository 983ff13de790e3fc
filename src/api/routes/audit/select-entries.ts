import type { Kysely } from 'kysely'
import { AppError } from '../../../lib/app-error.ts'
import { findPersonByAddress } from '../../../people/find-person.ts'
import type { AuditKind } from '../../../store/audit-kinds.ts'
import type { Database } from '../../../store/schema.ts'

export interface EntryFilter {
  request?: number | undefined
  /** An address of whoever did it. */
  person?: string | undefined
  kind?: AuditKind | undefined
  since?: string | undefined
  until?: string | undefined
}

/** Audit entries with their requests and who did them. */
export function selectEntries(db: Kysely<Database>) {
  return db
    .selectFrom('auditEntry')
    .innerJoin('request', 'request.id', 'auditEntry.requestId')
    .leftJoin('person', 'person.id', 'auditEntry.actorId')
    .selectAll('auditEntry')
    .select(['request.title', 'request.processId', 'request.requesterId'])
    .select(['person.address as actorAddress', 'person.name as actorName'])
}

export type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number]

/**
 * Up to `limit` entries, newest first, that follow the entry `after` in that order. By key, so that entries which are
 * written meanwhile neither repeat nor hide others. Throws `audit-entry-not-found` when there is no such `after`.
 */
export async function findEntries(
  db: Kysely<Database>,
  { request, person, kind, since, until }: EntryFilter,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<EntryRow[]> {
  let entries = selectEntries(db)
    .orderBy('auditEntry.at', 'desc')
    .orderBy('auditEntry.requestId', 'desc')
    .orderBy('auditEntry.sequence', 'desc')
    .limit(limit)
  if (request !== undefined) entries = entries.where('auditEntry.requestId', '=', request)
  if (person !== undefined) {
    const actor = await findPersonByAddress(db, person)
    if (actor === null) return []
    entries = entries.where('auditEntry.actorId', '=', actor.id)
  }
  if (kind !== undefined) entries = entries.where('auditEntry.kind', '=', kind)
  if (since !== undefined) entries = entries.where('auditEntry.at', '>=', new Date(since))
  if (until !== undefined) entries = entries.where('auditEntry.at', '<', new Date(until))
  if (after !== undefined) {
    const last = await findEntry(db, after)
    entries = entries.where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('auditEntry.at', 'auditEntry.requestId', 'auditEntry.sequence'),
        '<',
        tuple(last.at, last.requestId, last.sequence),
      ),
    )
  }
  return entries.execute()
}

/** The entry of this id. Throws `audit-entry-not-found`. */
export async function findEntry(db: Kysely<Database>, id: string): Promise<EntryRow> {
  const [requestId = 0, sequence = 0] = id.split('-').map(Number)
  const isPossible = requestId <= MOST && sequence <= MOST
  const row = isPossible
    ? await selectEntries(db)
        .where('auditEntry.requestId', '=', requestId)
        .where('auditEntry.sequence', '=', sequence)
        .executeTakeFirst()
    : undefined
  if (!row) throw new AppError('audit-entry-not-found', { entry: id })
  return row
}

/** PostgreSQL integer. */
const MOST = 2_147_483_647
