import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { seesEverything } from '../../caller.ts'
import { name } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { importRoutes } from './import-routes.ts'
import {
  countOpenRequests,
  processSummary,
  processView,
  selectProcesses,
  toProcessSummary,
} from './process-view.ts'
import { tryRoutes } from './try-routes.ts'
import { versionRoutes } from './version-routes.ts'

const tags = ['processes']

/** Process definitions: which there are, how new ones come in, and what they would do. */
export function processRoutes(server: ApiServer, parts: ApiParts): void {
  const { context } = parts
  server.get(
    '/api/processes',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags,
        operationId: 'listProcesses',
        summary: 'Active processes by name',
        querystring: z.strictObject(pageQuery(name)),
        response: { 200: pageOf(processSummary), default: problemResponse },
      },
    },
    async ({ query, caller }) => {
      let processes = selectProcesses(context.db)
        .orderBy('process.name')
        .limit(query.limit + 1)
      if (query.after !== undefined) processes = processes.where('process.name', '>', query.after)
      const page = toPage(
        (await processes.execute()).map((row) => ({ ...row, id: row.name })),
        query.limit,
      )
      const names = page.rows.map((row) => row.name)
      const open = seesEverything(caller) ? await countOpenRequests(context.db, names) : null
      return {
        items: page.rows.map((row) => toProcessSummary(row, open && (open.get(row.name) ?? 0))),
        next: page.next,
      }
    },
  )

  server.get(
    '/api/processes/:name',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags,
        operationId: 'getProcess',
        summary: 'The active version of a process with its definition',
        params: z.strictObject({ name }),
        response: { 200: processView, default: problemResponse },
      },
    },
    async ({ params, caller }) => {
      const row = await selectProcesses(context.db).where('process.name', '=', params.name).executeTakeFirst()
      if (!row) throw new AppError('process-not-found', { process: params.name })
      const open = seesEverything(caller) ? await countOpenRequests(context.db, [row.name]) : null
      return {
        ...toProcessSummary(row, open && (open.get(row.name) ?? 0)),
        definition: row.definition,
      }
    },
  )

  versionRoutes(server, parts)
  importRoutes(server, parts)
  tryRoutes(server, parts)
}
