import type { Kysely } from 'kysely'
import { AppError } from '../lib/app-error.ts'
import type { Database } from '../store/schema.ts'
import { together } from '../store/together.ts'

/** A file of a request, or a draft, without its octets. */
export interface FileFacts {
  id: string
  name: string
  mediaType: string
  /** Octets. */
  size: number
  sha256: string
  /** When its octets were erased; null while they are there. */
  erasedAt: Date | null
}

export const fileFacts = ['id', 'name', 'mediaType', 'size', 'sha256', 'erasedAt'] as const

/** The files of a request, in their order. */
export const filesOf = together(async (db, requestIds: readonly number[]): Promise<FileFacts[][]> => {
  const rows = await db
    .selectFrom('requestFile')
    .select([...fileFacts, 'requestId'])
    .where('requestId', 'in', requestIds)
    .orderBy('place')
    .execute()
  return requestIds.map((id) => rows.flatMap(({ requestId, ...file }) => (requestId === id ? [file] : [])))
})

/** A file of a request with its octets. Throws `file-not-found`, `file-erased`. */
export async function loadFile(
  db: Kysely<Database>,
  of: { requestId: number; fileId: string },
): Promise<FileFacts & { octets: Buffer }> {
  const file = await db
    .selectFrom('requestFile')
    .select([...fileFacts, 'octets'])
    .where('requestId', '=', of.requestId)
    .where('id', '=', of.fileId)
    .executeTakeFirst()
  if (!file) throw new AppError('file-not-found', { file: of.fileId })
  const { octets, erasedAt } = file
  if (octets === null) throw new AppError('file-erased', { at: erasedAt?.toISOString() ?? '' })
  return { ...file, octets }
}
