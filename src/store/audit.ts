/**
 * The audit chain of each request (DESIGN section 7). Every entry holds the digest of its payload and of the entry
 * before, so nobody can alter, insert or drop one without all later ones giving them away. A payload can be erased, for
 * its digest stays. `audit-checkpoint.ts` guards against somebody who rewrites a whole chain.
 */
import { createHash } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import type { AuditKind } from './audit-kinds.ts'
import { canonicalJson } from './canonical-json.ts'
import type { AuditEntryTable, Database } from './schema.ts'
import { toJson } from './to-json.ts'
import { writeTogether } from './together.ts'

export interface NewAuditEntry {
  requestId: number
  at: Date
  kind: AuditKind
  /** The person who did it; null when the product did. */
  actorId: string | null
  /** As JSON can hold it; may be erased later. */
  payload: object
}

export type AuditEntry = Selectable<AuditEntryTable>

/** What the first entry of a chain names as the one before. */
const CHAIN_START = '0'.repeat(64)

const PAGE = 1_000
/** Enough to see what happened; one rewritten table would otherwise fill the memory. */
const MAX_BROKEN = 1_000

/**
 * Appends an entry to its request's chain in the caller's transaction. The request's row is locked until that ends, so
 * that entries written at the same time take their turns. Throws when there is no such request.
 */
export const appendAudit = writeTogether(async (tx, entries: readonly NewAuditEntry[]) => {
  const requestIds = [...new Set(entries.map(({ requestId }) => requestId))]
  const locked = await tx
    .selectFrom('request')
    .select('id')
    .where('id', 'in', requestIds)
    .orderBy('id')
    // Not `for update`: that would wait for everybody who inserts a row that refers to the request.
    .forNoKeyUpdate()
    .execute()
  if (locked.length < requestIds.length) throw new Error('an audit entry of a request that does not exist')
  // A statement of its own, after the lock: it must see what the transaction that held it before has committed.
  const found = await tx
    .selectFrom('auditEntry')
    .distinctOn('requestId')
    .select(['requestId', 'sequence', 'digest'])
    .where('requestId', 'in', requestIds)
    .orderBy('requestId')
    .orderBy('sequence', 'desc')
    .execute()
  const heads = new Map(found.map(({ requestId, ...head }) => [requestId, head]))
  const rows = entries.map((entry) => {
    const row = link(entry, heads.get(entry.requestId) ?? { sequence: 0, digest: CHAIN_START })
    heads.set(entry.requestId, row)
    return row
  })
  await tx.insertInto('auditEntry').values(rows).execute()
})

function link({ payload, ...entry }: NewAuditEntry, head: { sequence: number; digest: string }) {
  const text = toJson(payload)
  const linked = {
    ...entry,
    sequence: head.sequence + 1,
    payloadDigest: sha256(canonicalJson(JSON.parse(text))),
    previousDigest: head.digest,
  }
  return { ...linked, payload: text, digest: entryDigest(linked) }
}

export interface BrokenEntry {
  requestId: number
  /** Null when the whole chain is gone. */
  sequence: number | null
  problem: /** The payload is not the one that was written. Erased ones are no problem. */
    | 'payload-altered'
    | 'entry-altered'
    /** It does not follow the entry before: one was dropped, inserted or rewritten. */
    | 'chain-broken'
    /** A request without any entry: each one starts with its creation. */
    | 'chain-missing'
}

/**
 * Checks the chain of one request or of all, page by page. `broken` holds at most the first thousand problems. That the
 * last entries of a chain were dropped shows only in checkpoints.
 */
export async function verifyAudit(
  db: Kysely<Database>,
  options: { requestId?: number } = {},
): Promise<{ entries: number; requests: number; broken: BrokenEntry[] }> {
  const broken = await missingChains(db, options.requestId)
  let entries = 0
  let requests = 0
  let previous: AuditEntry | null = null
  for await (const entry of readEntries(db, options.requestId)) {
    entries += 1
    const before: AuditEntry | null = previous?.requestId === entry.requestId ? previous : null
    if (!before) requests += 1
    const problem = problemOfEntry(entry, before)
    if (problem && broken.length < MAX_BROKEN) {
      broken.push({ requestId: entry.requestId, sequence: entry.sequence, problem })
    }
    previous = entry
  }
  return { entries, requests, broken }
}

/** What is wrong with an entry that should follow the one `before`; null for nothing. `before` is null for the first one. */
export function problemOfEntry(entry: AuditEntry, before: AuditEntry | null): BrokenEntry['problem'] | null {
  if (entry.payload !== null && sha256(canonicalJson(entry.payload)) !== entry.payloadDigest) {
    return 'payload-altered'
  }
  if (entryDigest(entry) !== entry.digest) return 'entry-altered'
  const follows =
    entry.sequence === (before?.sequence ?? 0) + 1 && entry.previousDigest === (before?.digest ?? CHAIN_START)
  return follows ? null : 'chain-broken'
}

async function missingChains(db: Kysely<Database>, requestId: number | undefined): Promise<BrokenEntry[]> {
  const rows = await db
    .selectFrom('request')
    .select('id')
    .$if(requestId !== undefined, (query) => query.where('id', '=', requestId ?? 0))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('auditEntry').select('sequence').whereRef('requestId', '=', 'request.id'))),
    )
    .orderBy('id')
    .limit(MAX_BROKEN)
    .execute()
  return rows.map(({ id }) => ({ requestId: id, sequence: null, problem: 'chain-missing' }))
}

async function* readEntries(db: Kysely<Database>, requestId: number | undefined): AsyncGenerator<AuditEntry> {
  let last = { requestId: 0, sequence: 0 }
  for (;;) {
    const page: AuditEntry[] = await db
      .selectFrom('auditEntry')
      .selectAll()
      .$if(requestId !== undefined, (query) => query.where('requestId', '=', requestId ?? 0))
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('requestId', 'sequence'), '>', tuple(last.requestId, last.sequence)),
      )
      .orderBy('requestId')
      .orderBy('sequence')
      .limit(PAGE)
      .execute()
    yield* page
    const end = page.at(-1)
    if (!end || page.length < PAGE) return
    last = end
  }
}

function entryDigest(entry: Omit<AuditEntry, 'payload' | 'digest'>): string {
  const { requestId, sequence, at, kind, actorId, payloadDigest, previousDigest } = entry
  return sha256(
    canonicalJson({
      requestId,
      sequence,
      at: at.toISOString(),
      kind,
      actorId,
      payloadDigest,
      previousDigest,
    }),
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
