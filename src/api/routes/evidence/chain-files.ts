import type { Kysely } from 'kysely'
import type { Locale } from '../../../lib/translate.ts'
import type { ZippedFile } from '../../../lib/zip/write-zip.ts'
import { checkpointOf } from '../../../store/audit-checkpoint.ts'
import { canonicalJson } from '../../../store/canonical-json.ts'
import type { Database } from '../../../store/schema.ts'
import type { SigningKey } from '../../../store/signing-key.ts'
import { checkpointLines } from '../audit/checkpoint-routes.ts'
import { describeEntries } from '../audit/describe-entries.ts'
import { type EntryRow, selectEntries } from '../audit/select-entries.ts'
import { linesFile } from './json-file.ts'

export const ENTRIES = 'audit/entries.jsonl'
export const CHECKPOINT = 'audit/checkpoint.jsonl'

interface Chain {
  requestId: number
  /** Whether reply tokens may stand in it: of a request that is over they open nothing any more. */
  isOver: boolean
  locale: Locale
}

/** The history of a request with its digests, and the newest signed checkpoint that covers it, once there is one. */
export async function* chainFiles(
  db: Kysely<Database>,
  key: SigningKey | null,
  { requestId, isOver, locale }: Chain,
): AsyncGenerator<ZippedFile> {
  const rows = await selectEntries(db)
    .where('auditEntry.requestId', '=', requestId)
    .orderBy('auditEntry.sequence')
    .execute()
  const described = await describeEntries(db, rows, locale)
  yield linesFile(
    ENTRIES,
    rows.map((row, index) => ({
      ...entryLine(row, described[index]?.payload ?? null, isOver),
      by: described[index]?.by ?? null,
      said: described[index]?.said ?? '',
    })),
  )
  const covering = await checkpointOf(db, requestId)
  if (covering === null) return
  const lines: object[] = []
  for await (const line of checkpointLines(db, key, [covering.checkpoint])) lines.push(line)
  yield linesFile(CHECKPOINT, lines)
}

/** An entry with all that its digest is made of. A payload that had to be masked says so: its digest cannot be made again. */
function entryLine(row: EntryRow, masked: Record<string, unknown> | null, isOver: boolean): object {
  const { requestId, sequence, at, kind, actorId, payload } = row
  const { payloadDigest, previousDigest, digest } = row
  const isMasked = !isOver && payload !== null && canonicalJson(payload) !== canonicalJson(masked)
  return {
    ...{ requestId, sequence, at: at.toISOString(), kind, actorId },
    payload: isMasked ? masked : payload,
    ...{ payloadDigest, previousDigest, digest },
    ...(isMasked && { masked: true }),
  }
}
