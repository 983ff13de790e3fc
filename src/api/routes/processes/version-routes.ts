import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { name } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { selectVersions, toVersionSummary, versionSummary, versionView } from './process-view.ts'

const tags = ['processes']
/** PostgreSQL integer. */
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647)
const right = { scope: 'requests:read', role: 'auditor' } as const

/** What a process was and is: who brought which version in, and when. */
export function versionRoutes(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/processes/:name/versions',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'listProcessVersions',
        summary: 'Versions of a process, newest first',
        params: z.strictObject({ name }),
        querystring: z.strictObject(pageQuery(versionNumber)),
        response: { 200: pageOf(versionSummary), default: problemResponse },
      },
    },
    async ({ params, query }) => {
      let versions = selectVersions(context.db, params.name)
        .orderBy('process.version', 'desc')
        .limit(query.limit + 1)
      if (query.after !== undefined) versions = versions.where('process.version', '<', query.after)
      const rows = (await versions.execute()).map((row) => ({ ...row, id: row.version }))
      if (rows.length === 0 && query.after === undefined) {
        throw new AppError('process-not-found', { process: params.name })
      }
      const page = toPage(rows, query.limit)
      return { items: page.rows.map(toVersionSummary), next: page.next }
    },
  )

  server.get(
    '/api/processes/:name/versions/:version',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'getProcessVersion',
        summary: 'A version of a process with its definition, as it was written and as it was understood',
        params: z.strictObject({ name, version: versionNumber }),
        response: { 200: versionView, default: problemResponse },
      },
    },
    async ({ params }) => {
      const row = await selectVersions(context.db, params.name)
        .select(['process.source', 'process.definition'])
        .where('process.version', '=', params.version)
        .executeTakeFirst()
      if (!row) {
        throw new AppError('version-not-found', { process: params.name, version: String(params.version) })
      }
      const before = await context.db
        .selectFrom('process')
        .select((select) => select.fn.max('version').as('version'))
        .where('name', '=', params.name)
        .where('version', '<', params.version)
        .executeTakeFirst()
      const { source, definition } = row
      return {
        ...toVersionSummary(row),
        name: params.name,
        previous: before?.version ?? null,
        source,
        definition,
      }
    },
  )
}
