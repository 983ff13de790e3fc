import { z } from 'zod'
import { checkRequestData } from '../../../approvals/model/check-request-data.ts'
import { FILE_LIMIT, FILES_LIMIT, MOST_FILES } from '../../../approvals/model/file-limits.ts'
import type { ProcessDefinition } from '../../../approvals/model/process.ts'
import { firstStep } from '../../../approvals/model/state-machine.ts'
import { AppError } from '../../../lib/app-error.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { checkedProblem, toCheckedProblem } from '../../checked-problem.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { localText, name, requestValues } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { selectProcesses } from './process-view.ts'

const tags = ['processes']
const byName = z.strictObject({ name })

const formField = z
  .object({
    name: z.string(),
    type: z.enum(['text', 'number', 'money', 'date', 'choice']),
    label: localText,
    required: z.boolean(),
    currency: z.string().nullable().describe('For `money`: ISO 4217'),
    options: z.array(z.object({ value: z.string(), label: localText })).describe('For `choice`'),
    person: z.boolean().describe('The value is the mail address of a person'),
  })
  .meta({ id: 'FormField' })

const processForm = z
  .object({
    name: z.string(),
    version: z.int(),
    title: localText,
    description: localText.nullable(),
    firstStep: localText.describe('What the request waits for once it is made'),
    fields: z.array(formField).describe('What the requester fills in, in its order'),
    attachments: z.enum(['none', 'optional', 'required']).describe('Whether they add files'),
    fileLimits: z
      .object({ files: z.int(), octets: z.int().describe('Of one'), together: z.int() })
      .describe('What they may add'),
  })
  .meta({ id: 'ProcessForm' })

/** The form that a request of a process is made with, and what the rules say of values before they are sent. */
export function processFormRoutes(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/processes/:name/form',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags,
        operationId: 'getProcessForm',
        summary: 'What a requester fills in',
        params: byName,
        response: { 200: processForm, default: problemResponse },
      },
    },
    async ({ params }) => {
      const { version, definition } = await loadActive(params.name)
      return {
        ...{ name: definition.name, version, title: definition.title, description: definition.description },
        firstStep: firstStep(definition).title,
        fields: definition.fields.filter(({ filledBy }) => filledBy === 'requester').map(toFormField),
        attachments: definition.attachments,
        fileLimits: { files: MOST_FILES, octets: FILE_LIMIT, together: FILES_LIMIT },
      }
    },
  )

  server.post(
    '/api/processes/:name/form/check',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags,
        operationId: 'checkProcessForm',
        summary: 'What would be said of the values of a request, without making it',
        params: byName,
        body: z.strictObject({ data: requestValues }),
        response: {
          200: z.object({ problems: z.array(checkedProblem).describe('`path` is the name of the field') }),
          default: problemResponse,
        },
      },
    },
    async ({ params, body, headers }) => {
      const locale = chooseLocale(headers['accept-language'])
      const { definition } = await loadActive(params.name)
      const { problems } = checkRequestData(definition, body.data)
      return { problems: problems.map((problem) => toCheckedProblem(problem, locale)) }
    },
  )

  async function loadActive(process: string): Promise<{ version: number; definition: ProcessDefinition }> {
    const row = await selectProcesses(context.db).where('process.name', '=', process).executeTakeFirst()
    if (!row) throw new AppError('process-not-found', { process })
    return row
  }
}

function toFormField(field: ProcessDefinition['fields'][number]): z.output<typeof formField> {
  const { name: fieldName, type, label, required, currency, options, person } = field
  return {
    ...{ name: fieldName, type, label, required },
    currency: currency ?? null,
    options: options ?? [],
    person: person ?? false,
  }
}
