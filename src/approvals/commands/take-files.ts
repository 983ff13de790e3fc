import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import { AppError } from '../../lib/app-error.ts'
import type { Tx } from '../../store/context.ts'
import type { Database } from '../../store/schema.ts'
import { updateEach } from '../../store/update-each.ts'
import { type FileFacts, fileFacts } from '../load-files.ts'

/** Whether a file was uploaded by this person; null means the operator. */
export const isOwnedBy = (ownerId: string | null) => (where: ExpressionBuilder<Database, 'requestFile'>) =>
  where('addedBy', 'is not distinct from', sql<string | null>`${ownerId}::uuid`)

/**
 * The files that their owner names, in that order, taken over by a request or not: a repeated call names the same ones.
 * Throws `file-not-found`.
 */
export async function findOwnFiles(
  db: Kysely<Database>,
  of: { ids: readonly string[]; ownerId: string | null },
): Promise<FileFacts[]> {
  const ids = [...new Set(of.ids)]
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('requestFile')
    .select(fileFacts)
    .where('id', 'in', ids)
    .where(isOwnedBy(of.ownerId))
    .execute()
  return ids.map((id) => {
    const file = rows.find((row) => row.id === id)
    if (!file) throw new AppError('file-not-found', { file: id })
    return file
  })
}

/**
 * Makes drafts the files of a request, in their order, in the transaction that makes it. Of two requests that name the
 * same draft the second one waits for the first and is refused. Throws `file-taken`, `file-not-found`.
 */
export async function takeFiles(tx: Tx, requestId: number, files: readonly { id: string }[]): Promise<void> {
  const ids = files.map(({ id }) => id)
  if (ids.length === 0) return
  // In the order of their ids, so that two requests never wait for each other.
  const rows = await tx
    .selectFrom('requestFile')
    .select(['id', 'requestId'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  const gone = ids.find((id) => !rows.some((row) => row.id === id))
  if (gone !== undefined) throw new AppError('file-not-found', { file: gone })
  const taken = rows.find((row) => row.requestId !== null)
  if (taken) throw new AppError('file-taken', { file: taken.id })
  const changes = ids.map((id, index) => ({ id, requestId, place: index + 1 }))
  await updateEach(tx, 'requestFile', changes)
}
