import type { Command } from 'commander'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { stopRequested } from '../stop-requested.ts'

/** `worker`: the jobs without HTTP, beside any number of others, until a signal stops it. */
export function addWorker(program: Command, cli: Cli): void {
  addCommand(program, cli, 'worker', 'worker').action(async (options: { json?: boolean }) => {
    const config = cli.readConfig()
    // The embedded database serves one process, which is `serve`.
    if (config.databaseUrl === null) {
      throw new CliError('postgresql-needed', cli.text('cli:worker.needs-postgresql'))
    }
    const stop = stopRequested()
    const app = await cli.openApp(config, { jobs: true })
    try {
      cli.stderr.write(`${cli.text('cli:worker.running')}\n`)
      if (options.json) cli.print(options, { running: true }, [])
      await stop
      cli.stderr.write(`${cli.text('cli:serve.stopping')}\n`)
    } finally {
      await app.close()
    }
  })
}
