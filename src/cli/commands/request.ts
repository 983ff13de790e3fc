import type { Command } from 'commander'
import type { z } from 'zod'
import type { processView } from '../../api/routes/processes/process-view.ts'
import type { requestView } from '../../api/routes/requests/request-view.ts'
import type { ProcessDefinition } from '../../approvals/model/process.ts'
import { formatSize } from '../../lib/format-size.ts'
import { addCommand } from '../add-command.ts'
import type { ApiClient } from '../api-client.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { collectPair } from '../collect-pair.ts'
import { printableLine } from '../printable.ts'
import { readDataFile } from '../read-data-file.ts'
import { uploadFiles } from '../upload-files.ts'
import { withApi } from '../with-api.ts'
import { addExport } from './export-evidence.ts'

type Request = z.output<typeof requestView>

interface CreateOptions {
  json?: boolean
  requester: string
  field: [name: string, value: string][]
  data?: string
  file: string[]
}

/** `request create`, `request show`, `request export`. */
export function addRequestCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('request').description(text('cli:request.about'))

  addCommand(group, cli, 'create', 'request.create')
    .argument('<process>', text('cli:request.create.process'))
    .requiredOption('--requester <address>', text('cli:request.create.requester'))
    .option('--field <name=value>', text('cli:request.create.field'), collectPair, [])
    .option('--data <file>', text('cli:request.create.data'))
    .option('--file <path>', text('cli:request.create.file'), collect, [])
    .action((process: string, options: CreateOptions) =>
      withApi(cli, async (api) => {
        const data = await readData(api, process, options)
        const files = await uploadFiles(api, options.file, cli)
        const body = { process, requester: options.requester, data, files }
        const request = await api<Request>({ method: 'POST', path: '/api/requests', body })
        cli.print(options, request, describe(request))
      }),
    )

  addCommand(group, cli, 'show', 'request.show')
    .argument('<id>', text('cli:request.show.id'))
    .action((id: string, options: { json?: boolean }) =>
      withApi(cli, async (api) => {
        const path = `/api/requests/${encodeURIComponent(id)}`
        const request = await api<Request>({ method: 'GET', path })
        cli.print(options, request, describe(request))
      }),
    )

  addExport(group, cli, 'request')

  /** The file's values, overlaid by those of `--field`. */
  async function readData(api: ApiClient, process: string, options: CreateOptions): Promise<object> {
    const data = options.data === undefined ? {} : await readDataFile(options.data, cli)
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      throw new CliError('file-invalid', text('cli:file.no-map', { path: options.data ?? '' }))
    }
    if (options.field.length === 0) return data
    const path = `/api/processes/${encodeURIComponent(process)}`
    const { definition } = await api<z.output<typeof processView>>({ method: 'GET', path })
    const { fields } = definition as unknown as ProcessDefinition
    const isNumber = (name: string) => fields.find((field) => field.name === name)?.type === 'number'
    const typed = options.field.map(([name, value]) => [name, isNumber(name) ? Number(value) : value])
    return { ...data, ...Object.fromEntries(typed) }
  }

  function describe(request: Request): string[] {
    const { id, title, status, requester } = request
    return [
      text('cli:request.line', { request: id, title, status: text(`cli:request.status.${status}`) }),
      text('cli:request.requester', { requester: `${requester.name} <${requester.address}>` }),
      ...request.files.map(({ name, size, erasedAt }) =>
        text(erasedAt === null ? 'cli:request.file' : 'cli:request.file-erased', {
          name: printableLine(name),
          size: formatSize(size, cli.locale),
        }),
      ),
      ...request.actions.flatMap((action) => {
        const values = {
          action: `${id}-${action.number}`,
          title: action.title[cli.locale] ?? action.title.en,
        }
        if (action.decision) {
          const { by, result, answers, at } = action.decision
          const further = Object.entries(answers).filter(([question]) => question !== action.question.id)
          return [
            text('cli:request.decided', { ...values, by: by.name, result, at }),
            ...further.map(([question, answer]) => `    ${question}: ${printableLine(answer)}`),
          ]
        }
        if (action.status !== 'open') return text('cli:request.action-cancelled', values)
        if (action.assignees.length === 0) return text('cli:request.action-nobody', values)
        const assignees = action.assignees.map(({ address }) => address).join(', ')
        return text('cli:request.action-open', { ...values, assignees })
      }),
    ]
  }
}

/** Gathers an option that is given several times. */
function collect(value: string, before: string[]): string[] {
  return [...before, value]
}
