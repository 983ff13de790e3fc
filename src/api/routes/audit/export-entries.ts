import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { CSV_MARK, csvLine } from '../../../lib/csv.ts'
import { type Locale, translator } from '../../../lib/translate.ts'
import type { Database } from '../../../store/schema.ts'
import { sendLines } from '../../send-lines.ts'
import type { auditEntryView } from './audit-entry-view.ts'
import { describeEntries } from './describe-entries.ts'
import { type EntryFilter, findEntries } from './select-entries.ts'

type EntryView = z.output<typeof auditEntryView>

export const CSV = 'text/csv; charset=utf-8'

/** Entries held in memory at a time. */
const PAGE = 500

interface Export {
  format: 'jsonl' | 'csv'
  locale: Locale
  filter: EntryFilter
}

/** Answers with every entry that fits, newest first, as a file that is written while it is read. */
export function sendEntries(
  reply: FastifyReply,
  db: Kysely<Database>,
  { format, locale, filter }: Export,
): FastifyReply {
  reply.header('content-disposition', `attachment; filename="audit.${format}"`)
  const entries = allEntries(db, filter, locale)
  if (format === 'jsonl') return sendLines(reply, entries)
  return reply
    .header('x-accel-buffering', 'no')
    .type(CSV)
    .send(Readable.from(csvLines(entries, locale)))
}

async function* allEntries(
  db: Kysely<Database>,
  filter: EntryFilter,
  locale: Locale,
): AsyncGenerator<EntryView> {
  let after: string | undefined
  for (;;) {
    const page = await describeEntries(db, await findEntries(db, filter, { after, limit: PAGE }), locale)
    yield* page
    after = page.at(-1)?.id
    if (page.length < PAGE) return
  }
}

const columns = [
  'at',
  'request',
  'title',
  'entry',
  'what',
  'name',
  'address',
  'door',
  'comment',
  'kind',
  'digest',
] as const

async function* csvLines(entries: AsyncIterable<EntryView>, locale: Locale): AsyncGenerator<string> {
  const text = translator(locale)
  yield CSV_MARK + csvLine(columns.map((column) => text(`audit:export.${column}`)))
  for await (const { at, request, sequence, kind, by, said, door, comment, digest } of entries) {
    const row: Record<(typeof columns)[number], string | number> = {
      at: at.replace('T', ' ').replace('Z', ''),
      request: request.id,
      title: request.title,
      entry: sequence,
      what: said,
      name: by?.name ?? '',
      address: by?.address ?? '',
      door: door === null ? '' : text(`audit:door.${door}`),
      comment,
      kind,
      digest,
    }
    yield csvLine(columns.map((column) => row[column]))
  }
}
