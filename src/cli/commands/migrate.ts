import type { Command } from 'commander'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'

/** `migrate`: brings the tables up to date and ends, for installations that do it apart from starting. */
export function addMigrate(program: Command, cli: Cli): void {
  addCommand(program, cli, 'migrate', 'migrate').action(async (options: { json?: boolean }) => {
    // Opening migrates: no process of ours ever runs on older tables.
    const app = await cli.openApp(cli.readConfig(), { jobs: false })
    await app.close()
    cli.print(options, { ok: true }, [cli.text('cli:migrate.done')])
  })
}
