import { z } from 'zod'
import { importProcess, loadDirectory } from '../../../approvals/commands/import-process.ts'
import { readDefinition } from '../../../approvals/model/read-definition.ts'
import { AppError } from '../../../lib/app-error.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { checkedProblem, toCheckedProblem } from '../../checked-problem.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { name } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { processSummary, processView, selectProcesses, toProcessSummary } from './process-view.ts'

const tags = ['processes']
const definitionText = z.string().min(1).describe('YAML or JSON, see docs/processes.md')

/** Process definitions: which there are, and how new ones come in. */
export function processRoutes(server: ApiServer, { context }: ApiParts): void {
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
    async ({ query }) => {
      let processes = selectProcesses(context.db)
        .orderBy('process.name')
        .limit(query.limit + 1)
      if (query.after !== undefined) processes = processes.where('process.name', '>', query.after)
      const rows = (await processes.execute()).map((row) => ({ ...toProcessSummary(row), id: row.name }))
      const page = toPage(rows, query.limit)
      return { items: page.rows, next: page.next }
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
    async ({ params }) => {
      const row = await selectProcesses(context.db).where('process.name', '=', params.name).executeTakeFirst()
      if (!row) throw new AppError('process-not-found', { process: params.name })
      return { ...toProcessSummary(row), definition: { ...row.definition } }
    },
  )

  server.post(
    '/api/processes/import',
    {
      config: { right: { scope: 'processes:write', role: 'administrator' } },
      schema: {
        tags,
        operationId: 'importProcess',
        summary: 'Make a definition the active version',
        description: 'A definition that changes nothing makes no version. Running requests keep theirs.',
        body: z.strictObject({
          definition: definitionText,
          mailbox: name
            .optional()
            .describe('Where its mails go out from; by default the one it had, or the only one'),
        }),
        response: {
          200: z.object({
            name: z.string(),
            version: z.int(),
            changed: z.boolean(),
            warnings: z.array(checkedProblem),
          }),
          default: problemResponse,
        },
      },
    },
    async ({ body, headers }) => {
      const locale = chooseLocale(headers['accept-language'])
      const imported = await importProcess(context, {
        definition: body.definition,
        mailbox: body.mailbox ?? null,
      })
      return { ...imported, warnings: imported.warnings.map((warning) => toCheckedProblem(warning, locale)) }
    },
  )

  server.post(
    '/api/processes/check',
    {
      config: { right: { scope: 'processes:write', role: 'administrator' } },
      schema: {
        tags,
        operationId: 'checkProcess',
        summary: 'What would be said of a definition, without importing it',
        body: z.strictObject({ definition: definitionText }),
        response: {
          200: z.object({
            ok: z.boolean().describe('Whether it could be imported'),
            problems: z.array(checkedProblem),
          }),
          default: problemResponse,
        },
      },
    },
    async ({ body, headers }) => {
      const locale = chooseLocale(headers['accept-language'])
      const { definition, problems } = readDefinition(body.definition, await loadDirectory(context.db))
      return {
        ok: definition !== null,
        problems: problems.map((problem) => toCheckedProblem(problem, locale)),
      }
    },
  )
}
