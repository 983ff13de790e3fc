import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { filesOf, loadFile } from '../../../approvals/load-files.ts'
import type { ZippedFile } from '../../../lib/zip/write-zip.ts'
import type { Database } from '../../../store/schema.ts'
import type { Caller } from '../../caller.ts'
import { type RequestRow, toRequestView } from '../requests/request-view.ts'
import { jsonFile } from './json-file.ts'

/** The request with its decisions, the version of the process that it follows, and the files that came with it. */
export async function* requestFiles(
  db: Kysely<Database>,
  row: RequestRow,
  caller: Caller,
  { withFiles }: { withFiles: boolean },
): AsyncGenerator<ZippedFile> {
  const { timeline: _, you: __, ...request } = await toRequestView(db, row, caller)
  yield jsonFile('request.json', request)
  yield await processFile(db, row.processId)
  if (!withFiles) return
  for (const [index, { id, name, erasedAt }] of (await filesOf(db, row.id)).entries()) {
    if (erasedAt !== null) continue
    const { octets } = await loadFile(db, { requestId: row.id, fileId: id })
    yield { name: `files/${index + 1}-${name}`, octets }
  }
}

async function processFile(db: Kysely<Database>, processId: string): Promise<ZippedFile> {
  const { source, importedAt, ...version } = await db
    .selectFrom('process')
    .leftJoin('person', 'person.id', 'process.importedBy')
    .select(['process.name', 'version', 'digest', 'importedAt', 'person.address as importedBy'])
    .select(['definition', 'source'])
    .where('process.id', '=', processId)
    .executeTakeFirstOrThrow()
  const sourceSha256 = createHash('sha256').update(source).digest('hex')
  return jsonFile('process.json', { ...version, importedAt: importedAt.toISOString(), source, sourceSha256 })
}
