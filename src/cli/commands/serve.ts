import type { AddressInfo } from 'node:net'
import type { Command } from 'commander'
import { localUrl } from '../../lib/local-url.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { stopRequested } from '../stop-requested.ts'

/** `serve`: the API and the jobs, until a signal stops them. */
export function addServe(program: Command, cli: Cli): void {
  addCommand(program, cli, 'serve', 'serve').action(async (options: { json?: boolean }) => {
    const config = cli.readConfig()
    const stop = stopRequested()
    const app = await cli.openApp(config, { jobs: true })
    try {
      await app.server.listen({ host: config.host, port: config.port }).catch((cause: unknown) => {
        const place = `${config.host}:${config.port}`
        const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
        throw new CliError('cannot-listen', cli.text('cli:serve.cannot-listen', { place, reason }), { cause })
      })
      const { port } = app.server.server.address() as AddressInfo
      const url = localUrl({ host: config.host, port })
      await app.publish(url)
      cli.stderr.write(`${cli.text('cli:serve.running', { url })}\n`)
      if (!app.hasPages) cli.stderr.write(`${cli.text('cli:serve.no-pages')}\n`)
      if (options.json) cli.print(options, { url }, [])
      await stop
      cli.stderr.write(`${cli.text('cli:serve.stopping')}\n`)
    } finally {
      await app.close()
    }
  })
}
