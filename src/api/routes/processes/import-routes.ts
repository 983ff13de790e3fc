import { z } from 'zod'
import { digestOf, importProcess, loadDirectory } from '../../../approvals/commands/import-process.ts'
import type { ProcessDefinition } from '../../../approvals/model/process.ts'
import { readDefinition } from '../../../approvals/model/read-definition.ts'
import type { Context } from '../../../store/context.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { checkedProblem, toCheckedProblem } from '../../checked-problem.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { name } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { definitionView } from './definition-view.ts'

const tags = ['processes']
export const definitionText = z.string().min(1).describe('YAML or JSON, see docs/processes.md')
const right = { scope: 'processes:write', role: 'administrator' } as const

const becomes = z.object({
  name: z.string(),
  version: z.int().describe('The next one, or the active one when nothing changes'),
  changed: z.boolean().describe('Whether the definition says something else than the active version'),
})

/** How definitions come in: a look at what would be said of them, and the import. */
export function importRoutes(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/processes/import',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'importProcess',
        summary: 'Make a definition the active version',
        description:
          'A definition that changes nothing makes no version; its text is kept in place of the active version’s. ' +
          'Running requests keep theirs.',
        body: z.strictObject({
          definition: definitionText,
          mailbox: name
            .optional()
            .describe('Where its mails go out from; by default the one it had, or the only one'),
          basedOn: z
            .int()
            .min(0)
            .optional()
            .describe(
              'The version that was changed, 0 for a new process; when another is active it is refused with ' +
                '`process-changed`. By default whichever is active.',
            ),
        }),
        response: {
          200: becomes.extend({ warnings: z.array(checkedProblem) }),
          default: problemResponse,
        },
      },
    },
    async ({ body, headers, caller }) => {
      const locale = chooseLocale(headers['accept-language'])
      const imported = await importProcess(context, {
        definition: body.definition,
        mailbox: body.mailbox ?? null,
        basedOn: body.basedOn,
        by: caller.kind === 'operator' ? null : caller.person.id,
      })
      return { ...imported, warnings: imported.warnings.map((warning) => toCheckedProblem(warning, locale)) }
    },
  )

  server.post(
    '/api/processes/check',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'checkProcess',
        summary: 'What would be said of a definition, without importing it',
        body: z.strictObject({ definition: definitionText }),
        response: {
          200: z.object({
            ok: z.boolean().describe('Whether it could be imported'),
            problems: z.array(checkedProblem),
            becomes: becomes.nullable().describe('What an import would make; null with errors'),
            definition: definitionView.nullable().describe('As it is understood; null with errors'),
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
        becomes: definition && (await whatBecomes(context, definition)),
        definition,
      }
    },
  )
}

async function whatBecomes(
  { db }: Pick<Context, 'db'>,
  definition: ProcessDefinition,
): Promise<z.output<typeof becomes>> {
  const latest = await db
    .selectFrom('process')
    .select(['version', 'status', 'digest'])
    .where('name', '=', definition.name)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const changed = latest?.digest !== digestOf(definition)
  const version = latest?.version ?? 0
  return { name: definition.name, version: changed ? version + 1 : version, changed }
}
