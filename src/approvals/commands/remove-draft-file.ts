import { AppError } from '../../lib/app-error.ts'
import type { Context } from '../../store/context.ts'
import { isOwnedBy } from './take-files.ts'

/** Removes a file that no request has taken over. Throws `file-not-found`, also of somebody else's. */
export async function removeDraftFile(
  { db }: Pick<Context, 'db'>,
  of: { id: string; ownerId: string | null },
): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('requestFile')
    .where('id', '=', of.id)
    .where('requestId', 'is', null)
    .where(isOwnedBy(of.ownerId))
    .executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) throw new AppError('file-not-found', { file: of.id })
}
