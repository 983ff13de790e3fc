import type { Command } from 'commander'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { readInputFile } from '../read-input-file.ts'
import { withApi } from '../with-api.ts'

/** `people import`. */
export function addPeopleCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('people').description(text('cli:people.about'))
  addCommand(group, cli, 'import', 'people.import')
    .argument('<file>', text('cli:people.import.file'))
    .action((file: string, options: { json?: boolean }) =>
      withApi(cli, async (api) => {
        const people = (await readInputFile(file, text)).toString('utf8')
        const imported = await api<{ people: number; groups: number }>({
          method: 'POST',
          path: '/api/people/import',
          body: { people },
        })
        cli.print(options, imported, [text('cli:people.import.done', { ...imported })])
      }),
    )
}
