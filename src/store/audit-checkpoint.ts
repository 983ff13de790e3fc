/**
 * Signed checkpoints: somebody who owns the database can rewrite a chain together with all its digests, but not what
 * was signed before with a key that the database does not hold. Each checkpoint names the heads that moved since the
 * one before and the signature of that one, so none can be taken out of the middle; the last ones are safe when their
 * signatures are kept elsewhere too.
 */
import { createHash, type Hash } from 'node:crypto'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Clock } from '../lib/clock.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Tx } from './context.ts'
import type { AuditCheckpointTable, Database } from './schema.ts'
import type { SigningKey } from './signing-key.ts'

export type Checkpoint = Selectable<AuditCheckpointTable>

/** The end of a chain as a checkpoint signed it. */
export interface Head {
  requestId: number
  sequence: number
  digest: string
}

const PAGE = 1_000
const MAX_BROKEN = 1_000

/** Writes a checkpoint over every chain that moved since the last one; null when none did. */
export async function writeCheckpoint(
  db: Kysely<Database>,
  key: SigningKey,
  clock: Clock,
): Promise<Checkpoint | null> {
  return db.transaction().execute(async (tx) => {
    // One at a time: the next one names the signature of this one.
    await sql`lock table audit_checkpoint in share row exclusive mode`.execute(tx)
    const before = await lastCheckpoint(tx)
    const number = (before?.number ?? 0) + 1
    const unsigned = {
      number,
      at: clock(),
      headsDigest: '',
      headCount: 0,
      previousSignature: before?.signature ?? '',
      keyId: key.keyId,
    }
    await tx
      .insertInto('auditCheckpoint')
      .values({ ...unsigned, signature: '' })
      .execute()
    await insertMovedHeads(tx, number)
    const { headsDigest, headCount } = await digestHeads(tx, number)
    if (headCount === 0) {
      await tx.deleteFrom('auditCheckpoint').where('number', '=', number).execute()
      return null
    }
    const statement = { ...unsigned, headsDigest, headCount }
    const checkpoint = { ...statement, signature: key.sign(statementText(statement)) }
    await tx.updateTable('auditCheckpoint').set(checkpoint).where('number', '=', number).execute()
    return checkpoint
  })
}

/** The newest checkpoint that signed an entry of this chain, and which; null while none has. */
export async function checkpointOf(
  db: Kysely<Database>,
  requestId: number,
): Promise<{ checkpoint: Checkpoint; head: Head } | null> {
  const head = await db
    .selectFrom('auditCheckpointHead')
    .select(['requestId', 'sequence', 'digest', 'checkpoint'])
    .where('requestId', '=', requestId)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!head) return null
  const { checkpoint: number, ...signed } = head
  const checkpoint = await db
    .selectFrom('auditCheckpoint')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  return { checkpoint, head: signed }
}

/** The newest checkpoint; null when there is none yet. */
export async function lastCheckpoint(db: Kysely<Database>): Promise<Checkpoint | null> {
  const last = await db
    .selectFrom('auditCheckpoint')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? null
}

/** In the database, whole: the heads of a first checkpoint may be a million. */
async function insertMovedHeads(tx: Tx, checkpoint: number): Promise<void> {
  await sql`
    insert into audit_checkpoint_head (request_id, sequence, digest, checkpoint)
    select request_id, sequence, digest, ${checkpoint}
    from (
      select distinct on (request_id) request_id, sequence, digest
      from audit_entry
      order by request_id, sequence desc
    ) as head
    on conflict do nothing
  `.execute(tx)
}

export interface BrokenCheckpoint {
  number: number
  /** The request whose chain is no longer what was signed; null when the checkpoint itself is broken. */
  requestId: number | null
  problem: /** Signed with a key that is not at hand. */
    | 'key-unknown'
    | 'signature-wrong'
    /** It does not follow the checkpoint before: one was dropped or inserted. */
    | 'order-broken'
    /** Its heads are not the ones that were signed. */
    | 'heads-altered'
    /** The entry that was signed is gone or another one. */
    | 'entry-altered'
}

/**
 * Checks every checkpoint against its signature and against the chains as they are now. `broken` holds at most the
 * first thousand problems. Together with `verifyAudit` it vouches for every entry up to the last checkpoint.
 */
export async function verifyCheckpoints(
  db: Kysely<Database>,
  key: Pick<SigningKey, 'keyId' | 'verify'>,
): Promise<{ checkpoints: number; broken: BrokenCheckpoint[] }> {
  const broken: BrokenCheckpoint[] = []
  let before: Checkpoint | null = null
  let checkpoints = 0
  for await (const checkpoint of readCheckpoints(db)) {
    checkpoints += 1
    const problem = await findProblem(db, key, checkpoint, before)
    if (problem) broken.push({ number: checkpoint.number, requestId: null, problem })
    else broken.push(...(await alteredEntries(db, checkpoint.number)))
    if (broken.length >= MAX_BROKEN) return { checkpoints, broken: broken.slice(0, MAX_BROKEN) }
    before = checkpoint
  }
  return { checkpoints, broken }
}

async function findProblem(
  db: Kysely<Database>,
  key: Pick<SigningKey, 'keyId' | 'verify'>,
  checkpoint: Checkpoint,
  before: Checkpoint | null,
): Promise<BrokenCheckpoint['problem'] | null> {
  if (checkpoint.keyId !== key.keyId) return 'key-unknown'
  if (!key.verify(statementText(checkpoint), checkpoint.signature)) return 'signature-wrong'
  const follows =
    checkpoint.number === (before?.number ?? 0) + 1 &&
    checkpoint.previousSignature === (before?.signature ?? '')
  if (!follows) return 'order-broken'
  const { headsDigest, headCount } = await digestHeads(db, checkpoint.number)
  return headsDigest === checkpoint.headsDigest && headCount === checkpoint.headCount ? null : 'heads-altered'
}

async function alteredEntries(db: Kysely<Database>, checkpoint: number): Promise<BrokenCheckpoint[]> {
  const rows = await db
    .selectFrom('auditCheckpointHead as head')
    .leftJoin('auditEntry as entry', (join) =>
      join
        .onRef('entry.requestId', '=', 'head.requestId')
        .onRef('entry.sequence', '=', 'head.sequence')
        .onRef('entry.digest', '=', 'head.digest'),
    )
    .select('head.requestId')
    .where('head.checkpoint', '=', checkpoint)
    .where('entry.requestId', 'is', null)
    .orderBy('head.requestId')
    .limit(MAX_BROKEN)
    .execute()
  return rows.map(({ requestId }) => ({ number: checkpoint, requestId, problem: 'entry-altered' }))
}

/** All checkpoints, the first one first, page by page. */
export async function* readCheckpoints(db: Kysely<Database>): AsyncGenerator<Checkpoint> {
  let last = 0
  for (;;) {
    const page: Checkpoint[] = await db
      .selectFrom('auditCheckpoint')
      .selectAll()
      .where('number', '>', last)
      .orderBy('number')
      .limit(PAGE)
      .execute()
    yield* page
    const end = page.at(-1)
    if (!end || page.length < PAGE) return
    last = end.number
  }
}

async function digestHeads(
  db: Kysely<Database>,
  checkpoint: number,
): Promise<{ headsDigest: string; headCount: number }> {
  const hash = createHash('sha256')
  let headCount = 0
  for await (const head of readHeads(db, checkpoint)) {
    addHead(hash, head)
    headCount += 1
  }
  return { headsDigest: hash.digest('hex'), headCount }
}

/** The heads that moved before a checkpoint, in the order in which its digest holds them, page by page. */
export async function* readHeads(db: Kysely<Database>, checkpoint: number): AsyncGenerator<Head> {
  let last = 0
  for (;;) {
    const page: Head[] = await db
      .selectFrom('auditCheckpointHead')
      .select(['requestId', 'sequence', 'digest'])
      .where('checkpoint', '=', checkpoint)
      .where('requestId', '>', last)
      .orderBy('requestId')
      .limit(PAGE)
      .execute()
    yield* page
    const end = page.at(-1)
    if (!end || page.length < PAGE) return
    last = end.requestId
  }
}

function addHead(hash: Hash, { requestId, sequence, digest }: Head): void {
  hash.update(`${requestId} ${sequence} ${digest}\n`)
}

/** What is signed of a checkpoint: canonical JSON. */
export function statementText(statement: Omit<Checkpoint, 'signature'>): string {
  const { number, at, headsDigest, headCount, previousSignature, keyId } = statement
  return canonicalJson({ number, at: at.toISOString(), headsDigest, headCount, previousSignature, keyId })
}
