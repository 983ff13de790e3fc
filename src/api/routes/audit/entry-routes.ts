import { z } from 'zod'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { LINES } from '../../send-lines.ts'
import { auditEntrySummary, auditEntryView, auditFilter, entryId } from './audit-entry-view.ts'
import { describeEntries } from './describe-entries.ts'
import { CSV, sendEntries } from './export-entries.ts'
import { findEntries, findEntry } from './select-entries.ts'

const tags = ['audit']
const right = { scope: 'audit:read', role: 'auditor' } as const

/** What happened to all requests: looked through, one by one with its digests, and as a file. */
export function auditEntryRoutes(server: ApiServer, { context }: ApiParts): void {
  const { db } = context
  server.get(
    '/api/audit/entries',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'listAuditEntries',
        summary: 'Audit entries of all requests, newest first',
        querystring: z.strictObject({ ...pageQuery(entryId), ...auditFilter }),
        response: { 200: pageOf(auditEntrySummary), default: problemResponse },
      },
    },
    async ({ query: { limit, after, ...filter }, headers }) => {
      const found = await findEntries(db, filter, { after, limit: limit + 1 })
      const described = await describeEntries(db, found, chooseLocale(headers['accept-language']))
      const { rows, next } = toPage(described, limit)
      return { items: rows, next }
    },
  )

  server.get(
    '/api/audit/entries/:id',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'getAuditEntry',
        summary: 'One audit entry with its facts and digests',
        params: z.strictObject({ id: entryId }),
        response: { 200: auditEntryView, default: problemResponse },
      },
    },
    async ({ params, headers }) => {
      const row = await findEntry(db, params.id)
      const [entry] = await describeEntries(db, [row], chooseLocale(headers['accept-language']))
      if (!entry) throw new Error(`an entry without its description: ${params.id}`)
      return entry
    },
  )

  server.get(
    '/api/audit/export',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'exportAuditEntries',
        summary: 'All audit entries that fit the filters as a file, newest first',
        description:
          '`jsonl`: one entry a line, with its payload and digests. `csv`: for a spreadsheet, in the language of `locale`; ' +
          'what a spreadsheet would take for a formula begins with an apostrophe.',
        querystring: z.strictObject({
          ...auditFilter,
          format: z.enum(['jsonl', 'csv']),
          locale: z.enum(['en', 'fr']).optional().describe('By default that of `Accept-Language`'),
        }),
        response: {
          200: {
            description: 'The file',
            content: { [LINES]: { schema: z.any() }, [CSV]: { schema: z.any() } },
          },
          default: problemResponse,
        },
      },
    },
    ({ query: { format, locale, ...filter }, headers }, reply) =>
      sendEntries(reply, db, {
        format,
        locale: locale ?? chooseLocale(headers['accept-language']),
        filter,
      }),
  )
}
