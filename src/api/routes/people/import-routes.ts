import { z } from 'zod'
import { exportPeopleCsv } from '../../../approvals/commands/export-people-csv.ts'
import { importPeople } from '../../../approvals/commands/import-people.ts'
import {
  type CsvPlan,
  checkPeopleCsv,
  importPeopleCsv,
} from '../../../approvals/commands/import-people-csv.ts'
import type { Locale } from '../../../lib/translate.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { problemResponse } from '../../problem-details.ts'
import { actorOf } from './person-routes.ts'

const tags = ['people']
const right = { scope: 'people:write', role: 'administrator' } as const

/** A file of the 20,000 people that an import may have needs more than the API takes elsewhere. */
const IMPORT_LIMIT = 5 * 1024 * 1024
/** Lines and problems that an answer tells of; more nobody reads. */
const MOST_TOLD = 1_000

const text = z.string().min(1)

const changed = z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })

const planView = z
  .object({
    plan: z.string().describe('Stands for exactly these changes: pass it on to import them'),
    counts: z.object({
      added: z.int(),
      changed: z.int(),
      deactivated: z.int(),
      same: z.int(),
      problems: z.int(),
    }),
    lines: z
      .array(
        z.object({
          line: z.int(),
          address: z.string(),
          name: z.string(),
          kind: z.enum(['added', 'changed', 'deactivated']),
          changes: z.array(changed),
          joins: z.array(z.string()).describe('Groups'),
          leaves: z.array(z.string()),
        }),
      )
      .describe('Those who are changed, in the order of the file; at most a thousand'),
    problems: z
      .array(z.object({ line: z.int(), address: z.string(), message: z.string() }))
      .describe('At most a thousand. With one of them nothing is imported'),
    ignored: z.array(z.string()).describe('Columns that are not read'),
  })
  .meta({ id: 'PeopleCsvPlan' })

/** People by the file: what the operator’s YAML says, and what a spreadsheet or a directory exports as CSV. */
export function importRoutes(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/people/import',
    {
      config: { right },
      bodyLimit: IMPORT_LIMIT,
      schema: {
        tags,
        operationId: 'importPeople',
        summary: 'Add or change people and groups',
        description: 'People and groups that the text does not name stay as they are.',
        body: z.strictObject({ people: text.describe('YAML or JSON, see docs/processes.md') }),
        response: { 200: z.object({ people: z.int(), groups: z.int() }), default: problemResponse },
      },
    },
    ({ caller, body }) => importPeople(context, body.people, actorOf(caller)),
  )

  server.get(
    '/api/people/csv',
    {
      config: { right: { scope: 'people:read', role: 'auditor' } },
      schema: {
        tags,
        operationId: 'exportPeopleCsv',
        summary: 'Everybody as a CSV file, which can be imported again',
        response: { 200: z.object({ csv: z.string(), people: z.int() }), default: problemResponse },
      },
    },
    () => exportPeopleCsv(context),
  )

  server.post(
    '/api/people/csv/check',
    {
      config: { right },
      bodyLimit: IMPORT_LIMIT,
      schema: {
        tags,
        operationId: 'checkPeopleCsv',
        summary: 'What a CSV file of people would change; changes nothing',
        body: z.strictObject({ csv: text.describe('See docs/people.md') }),
        response: { 200: planView, default: problemResponse },
      },
    },
    async ({ body, headers }) =>
      toPlanView(await checkPeopleCsv(context, body.csv), chooseLocale(headers['accept-language'])),
  )

  server.post(
    '/api/people/csv',
    {
      config: { right },
      bodyLimit: IMPORT_LIMIT,
      schema: {
        tags,
        operationId: 'importPeopleCsv',
        summary: 'Import a CSV file of people that was checked before',
        description: 'All of it or nothing. People whom it does not name stay as they are.',
        body: z.strictObject({
          csv: text,
          plan: z
            .string()
            .max(100)
            .describe('Of the check: another one by now is refused with `import-changed`'),
        }),
        response: { 200: planView, default: problemResponse },
      },
    },
    async ({ caller, body, headers }) => {
      const done = await importPeopleCsv(context, { ...body, actorId: actorOf(caller) })
      return toPlanView(done, chooseLocale(headers['accept-language']))
    },
  )
}

function toPlanView({ plan, lines, problems, ignored }: CsvPlan, locale: Locale): z.output<typeof planView> {
  const count = (kind: CsvPlan['lines'][number]['kind']) => lines.filter((line) => line.kind === kind).length
  return {
    plan,
    counts: {
      added: count('added'),
      changed: count('changed'),
      deactivated: count('deactivated'),
      same: count('same'),
      problems: problems.length,
    },
    lines: lines
      .flatMap(({ kind, ...line }) => (kind === 'same' ? [] : { ...line, kind }))
      .slice(0, MOST_TOLD),
    problems: problems
      .slice(0, MOST_TOLD)
      .map(({ line, address, message }) => ({ line, address, message: message[locale] })),
    ignored: ignored.slice(0, 100),
  }
}
