import type { Command } from 'commander'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { downloadTo } from '../download-to.ts'
import { withApi } from '../with-api.ts'

interface Options {
  json?: boolean
  out: string
}

/** `request export` and `message export`: the evidence of one, as a ZIP file. */
export function addExport(group: Command, cli: Cli, of: 'request' | 'message'): void {
  const { text } = cli
  addCommand(group, cli, 'export', `${of}.export`)
    .argument('<id>', text(`cli:${of}.show.id`))
    .requiredOption('--out <file>', text('cli:audit.export.out'))
    .action((id: string, options: Options) =>
      withApi(cli, async (api) => {
        const path = `/api/${of}s/${encodeURIComponent(id)}/evidence`
        await downloadTo(options.out, () => api.download({ method: 'GET', path }), cli)
        cli.print(options, { file: options.out }, [text('cli:audit.export.done', { path: options.out })])
      }),
    )
}
