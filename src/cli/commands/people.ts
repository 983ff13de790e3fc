import type { Command } from 'commander'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { decodeCsv } from '../decode-csv.ts'
import { describePlan, type PeoplePlan } from '../describe-plan.ts'
import { readInputFile } from '../read-input-file.ts'
import { withApi } from '../with-api.ts'

interface ImportOptions {
  json?: boolean
  dryRun?: boolean
}

/** `people import`, `people export`. */
export function addPeopleCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('people').description(text('cli:people.about'))
  addCommand(group, cli, 'import', 'people.import')
    .argument('<file>', text('cli:people.import.file'))
    .option('--dry-run', text('cli:people.import.dry-run'))
    .action(async (file: string, options: ImportOptions) => {
      const octets = await readInputFile(file, text)
      if (/\.(csv|tsv|txt)$/i.test(file)) await importCsv(cli, decodeCsv(octets), options)
      else if (options.dryRun)
        throw new CliError('file-invalid', text('cli:people.import.csv-only', { file }))
      else await importYaml(cli, octets.toString('utf8'), options)
    })

  addCommand(group, cli, 'export', 'people.export').action((options: { json?: boolean }) =>
    withApi(cli, async (api) => {
      const exported = await api<{ csv: string }>({ method: 'GET', path: '/api/people/csv' })
      // As it is: the lines of the file have ends of their own.
      if (options.json) cli.print(options, exported, [])
      else cli.stdout.write(exported.csv)
    }),
  )
}

function importYaml(cli: Cli, people: string, options: ImportOptions): Promise<void> {
  return withApi(cli, async (api) => {
    const imported = await api<{ people: number; groups: number }>({
      method: 'POST',
      path: '/api/people/import',
      body: { people },
    })
    cli.print(options, imported, [cli.text('cli:people.import.done', { ...imported })])
  })
}

/** Shows what the file would do, and does it, all of it or nothing: with one problem nothing is imported. */
function importCsv(cli: Cli, csv: string, options: ImportOptions): Promise<void> {
  return withApi(cli, async (api) => {
    const plan = await api<PeoplePlan>({ method: 'POST', path: '/api/people/csv/check', body: { csv } })
    const isRefused = plan.counts.problems > 0
    if (isRefused || options.dryRun) {
      cli.print(options, plan, describePlan(plan, cli.text))
      if (isRefused) cli.exitCode = 1
      return
    }
    const body = { csv, plan: plan.plan }
    const done = await api<PeoplePlan>({ method: 'POST', path: '/api/people/csv', body })
    cli.print(options, done, describePlan(done, cli.text))
  })
}
