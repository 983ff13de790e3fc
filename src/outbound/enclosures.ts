import type { Kysely } from 'kysely'
import type { FileFacts } from '../approvals/load-files.ts'
import { harmlessType, isEnclosable } from '../lib/harmless-type.ts'
import type { Database } from '../store/schema.ts'
import type { AttachmentFacts } from './compose/mail-model.ts'
import type { Enclosure } from './compose/to-mime.ts'

/**
 * Octets of files in one mail. Graph takes 4 MB of a message's MIME in base64, in which the files are in base64 as well:
 * each octet becomes 1.83 of them, and text, HTML and headers need some room beside that.
 */
export const ENCLOSED_LIMIT = 2_000_000

/**
 * What a mail says of a request's files. They go along all or not at all, so that whoever reads it knows that they have
 * seen everything; one of a kind that mail servers hold back would take the whole mail with it, and a text could come
 * back as the words of whoever answers.
 */
export function attachmentFacts(files: readonly FileFacts[]): AttachmentFacts {
  const together = files.reduce((sum, { size }) => sum + size, 0)
  return {
    files: files.map(({ name, size }) => ({ name, size })),
    enclosed:
      together <= ENCLOSED_LIMIT &&
      files.every(({ name, erasedAt }) => isEnclosable(name) && erasedAt === null),
  }
}

/** The files of a request as they go along with a mail, in their order. */
export async function loadEnclosures(db: Kysely<Database>, requestId: number): Promise<Enclosure[]> {
  const rows = await db
    .selectFrom('requestFile')
    .select(['name', 'mediaType', 'octets'])
    .where('requestId', '=', requestId)
    .orderBy('place')
    .execute()
  return rows.map(({ name, mediaType, octets }) => {
    if (octets === null) throw new Error(`a file of request ${requestId} was erased while it is asked about`)
    return { name, type: harmlessType(mediaType), octets }
  })
}
