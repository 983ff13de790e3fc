import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { AppError } from '../../lib/app-error.ts'
import { newId } from '../../lib/new-id.ts'
import type { Context, Tx } from '../../store/context.ts'
import { type FileFacts, fileFacts } from '../load-files.ts'
import { DRAFTS_LIMIT, FILE_LIMIT, inMegabytes } from '../model/file-limits.ts'
import { cleanFileName, declaredType } from '../model/file-name.ts'
import { isOwnedBy } from './take-files.ts'

export interface NewFile {
  /** Whose draft it is: the person who calls, null for the operator. */
  ownerId: string | null
  name: string
  /** As the caller declares it. */
  contentType: string | undefined
  octets: Buffer
}

/**
 * Keeps an uploaded file as a draft of its owner, until a request takes it over (`takeFiles`) or a day has passed.
 * Throws `file-empty`, `file-too-large`, `file-drafts-full`.
 */
export async function addDraftFile(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { ownerId, name, contentType, octets }: NewFile,
): Promise<FileFacts> {
  const kept = cleanFileName(name)
  if (octets.length === 0) throw new AppError('file-empty', { name: kept })
  if (octets.length > FILE_LIMIT) throw new AppError('file-too-large', { limit: inMegabytes(FILE_LIMIT) })
  const file = {
    id: newId(),
    requestId: null,
    place: null,
    name: kept,
    mediaType: declaredType(contentType),
    size: octets.length,
    sha256: createHash('sha256').update(octets).digest('hex'),
    octets,
    addedBy: ownerId,
    addedAt: clock(),
    erasedAt: null,
  }
  return db.transaction().execute(async (tx) => {
    if ((await draftedBy(tx, ownerId)) + file.size > DRAFTS_LIMIT) {
      throw new AppError('file-drafts-full', { limit: inMegabytes(DRAFTS_LIMIT) })
    }
    return tx.insertInto('requestFile').values(file).returning(fileFacts).executeTakeFirstOrThrow()
  })
}

/** Octets of their drafts; nobody adds to them until the transaction ends. */
async function draftedBy(tx: Tx, ownerId: string | null): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`files of ${ownerId}`}, 0))`.execute(tx)
  const { size } = await tx
    .selectFrom('requestFile')
    .select(({ fn }) => fn.coalesce(fn.sum<number>('size'), sql<number>`0`).as('size'))
    .where('requestId', 'is', null)
    .where(isOwnedBy(ownerId))
    .executeTakeFirstOrThrow()
  return size
}
