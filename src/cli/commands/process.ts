import type { Command } from 'commander'
import type { z } from 'zod'
import type { checkedProblem } from '../../api/checked-problem.ts'
import { addCommand } from '../add-command.ts'
import { ApiRefusal } from '../api-client.ts'
import type { Cli } from '../cli.ts'
import { readInputFile } from '../read-input-file.ts'
import { withApi } from '../with-api.ts'

type Problem = z.output<typeof checkedProblem>

type Imported =
  | { file: string; name: string; version: number; changed: boolean; warnings: Problem[] }
  | { file: string; error: { code: string; message: string; problems: ApiRefusal['problem']['problems'] } }

/** `process import`, `process check`. */
export function addProcessCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('process').description(text('cli:process.about'))

  addCommand(group, cli, 'import', 'process.import')
    .argument('<file...>', text('cli:process.file'))
    .option('--mailbox <name>', text('cli:process.import.mailbox'))
    .action((files: string[], options: { json?: boolean; mailbox?: string }) =>
      withApi(cli, async (api) => {
        const imported: Imported[] = []
        for (const file of files) {
          const definition = (await readInputFile(file, text)).toString('utf8')
          const body =
            options.mailbox === undefined ? { definition } : { definition, mailbox: options.mailbox }
          try {
            const answer = await api<Omit<Extract<Imported, { name: string }>, 'file'>>({
              method: 'POST',
              path: '/api/processes/import',
              body,
            })
            imported.push({ file, ...answer })
          } catch (error) {
            if (!(error instanceof ApiRefusal)) throw error
            const { code, detail, problems } = error.problem
            imported.push({ file, error: { code, message: detail, problems } })
            cli.exitCode = 1
          }
        }
        cli.print(options, { items: imported }, imported.flatMap(describe))
      }),
    )

  addCommand(group, cli, 'check', 'process.check')
    .argument('<file>', text('cli:process.file'))
    .action((file: string, options: { json?: boolean }) =>
      withApi(cli, async (api) => {
        const definition = (await readInputFile(file, text)).toString('utf8')
        const checked = await api<{ ok: boolean; problems: Problem[] }>({
          method: 'POST',
          path: '/api/processes/check',
          body: { definition },
        })
        if (!checked.ok) cli.exitCode = 1
        const outcome = text(checked.ok ? 'cli:process.check.ok' : 'cli:process.check.errors', { file })
        cli.print(options, checked, [...checked.problems.map((problem) => locate(file, problem)), outcome])
      }),
    )

  function describe(imported: Imported): string[] {
    const { file } = imported
    if ('error' in imported) {
      const { message, problems } = imported.error
      return [`${file}: ${message}`, ...problems.map((problem) => locate(file, problem))]
    }
    const { name, version, changed, warnings } = imported
    const outcome = text(changed ? 'cli:process.import.done' : 'cli:process.import.unchanged', {
      name,
      version,
    })
    return [...warnings.map((warning) => locate(file, warning)), outcome]
  }
}

/** `file:line: path — message`, which editors turn into links. */
function locate(file: string, problem: { path: string; line?: number | undefined; message: string }): string {
  const place = problem.line === undefined ? file : `${file}:${problem.line}`
  return `${place}: ${problem.path === '' ? '' : `${problem.path} — `}${problem.message}`
}
