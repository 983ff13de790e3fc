import type { Command } from 'commander'
import type { z } from 'zod'
import type { checkView } from '../../api/routes/mailboxes/check-view.ts'
import type { mailboxView } from '../../api/routes/mailboxes/mailbox-view.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { formatTable } from '../format-table.ts'
import { readDataFile } from '../read-data-file.ts'
import { withApi } from '../with-api.ts'

type Mailbox = z.output<typeof mailboxView>

/** `mailbox set`, `mailbox list`, `mailbox check`. */
export function addMailboxCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('mailbox').description(text('cli:mailbox.about'))

  addCommand(group, cli, 'set', 'mailbox.set')
    .argument('<name>', text('cli:mailbox.name'))
    .argument('<file>', text('cli:mailbox.set.file'))
    .action((name: string, file: string, options: { json?: boolean }) =>
      withApi(cli, async (api) => {
        const saved = await api<{ mailbox: Mailbox; notes: string[] }>({
          method: 'PUT',
          path: `/api/mailboxes/${encodeURIComponent(name)}`,
          body: await readDataFile(file, cli),
        })
        cli.print(options, saved, [...saved.notes, text('cli:mailbox.set.done', { name })])
      }),
    )

  addCommand(group, cli, 'list', 'mailbox.list').action((options: { json?: boolean }) =>
    withApi(cli, async (api) => {
      const list = await api<{ items: Mailbox[] }>({ method: 'GET', path: '/api/mailboxes' })
      const rows = list.items.map(({ name, state, settings, trouble }) => [
        name,
        String(settings.user ?? ''),
        text(`cli:mailbox.state.${state}`),
        trouble?.message ?? '',
      ])
      cli.print(options, list, rows.length === 0 ? [text('cli:mailbox.list.none')] : formatTable(rows))
    }),
  )

  addCommand(group, cli, 'check', 'mailbox.check')
    .argument('<name>', text('cli:mailbox.name'))
    .action((name: string, options: { json?: boolean }) =>
      withApi(cli, async (api) => {
        const checked = await api<{ ok: boolean; checks: z.output<typeof checkView>[] }>({
          method: 'POST',
          path: `/api/mailboxes/${encodeURIComponent(name)}/check`,
        })
        if (!checked.ok) cli.exitCode = 1
        const lines = checked.checks.flatMap(({ outcome, title, evidence, mend }) => [
          `${text(`cli:mailbox.check.${outcome}`)}  ${title}${evidence === '' ? '' : `: ${evidence}`}`,
          ...(mend === null ? [] : [`    ${mend}`]),
        ])
        cli.print(options, checked, lines)
      }),
    )
}
