import type { Command } from 'commander'
import type { DeadLetter } from '../../api/routes/dead-letters/dead-letter-view.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { withApi } from '../with-api.ts'

/** `dead-letter list`, `dead-letter run-again`. */
export function addDeadLetterCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('dead-letter').description(text('cli:dead-letter.about'))

  addCommand(group, cli, 'list', 'dead-letter.list').action((options: { json?: boolean }) =>
    withApi(cli, async (api) => {
      const list = await api<{ items: DeadLetter[] }>({ method: 'GET', path: '/api/dead-letters' })
      const lines = list.items.flatMap(describe)
      cli.print(options, list, lines.length === 0 ? [text('cli:dead-letter.list.none')] : lines)
    }),
  )

  addCommand(group, cli, 'run-again', 'dead-letter.run-again')
    .argument('<id>', text('cli:dead-letter.run-again.id'))
    .option('--even-if-sent', text('cli:dead-letter.run-again.even-if-sent'))
    .action((id: string, options: { json?: boolean; evenIfSent?: boolean }) =>
      withApi(cli, async (api) => {
        const path = `/api/dead-letters/${encodeURIComponent(id)}/run-again`
        await api({ method: 'POST', path, body: { evenIfSent: options.evenIfSent ?? false } })
        cli.print(options, { id }, [text('cli:dead-letter.run-again.done', { id })])
      }),
    )
}

/** Two lines a message: which one, and what to do about it. */
function describe({ id, at, kind, mailbox, about, code, detail, explanation }: DeadLetter): string[] {
  return [[id, at, kind, mailbox, about, `${code}: ${detail}`].filter(Boolean).join('  '), `  ${explanation}`]
}
