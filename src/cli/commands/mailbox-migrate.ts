import type { Command } from 'commander'
import type { z } from 'zod'
import type { migrationView } from '../../api/routes/mailboxes/migration-view.ts'
import { addCommand } from '../add-command.ts'
import { checkLines } from '../check-lines.ts'
import type { Cli } from '../cli.ts'
import { withApi } from '../with-api.ts'

type Migration = z.output<typeof migrationView>

/** `mailbox migrate`: the plan, and the move itself only with `--apply`. */
export function addMailboxMigrate(group: Command, cli: Cli): void {
  const { text } = cli
  addCommand(group, cli, 'migrate', 'mailbox.migrate')
    .argument('<name>', text('cli:mailbox.name'))
    .option('--apply', text('cli:mailbox.migrate.apply'))
    .option('--host <host>', text('cli:mailbox.migrate.host'))
    .option('--scope <scope>', text('cli:mailbox.migrate.scope'))
    .action((name: string, options: { json?: boolean; apply?: boolean; host?: string; scope?: string }) =>
      withApi(cli, async (api) => {
        const { host, scope, apply } = options
        const migration = await api<Migration>({
          method: 'POST',
          path: `/api/mailboxes/${encodeURIComponent(name)}/migrate`,
          body: { dryRun: apply !== true, host, scope },
        })
        if (!migration.ready) cli.exitCode = 1
        cli.print(options, migration, toLines(migration, cli))
      }),
    )
}

function toLines({ checks, changes, concerns, readFrom, message }: Migration, cli: Cli): string[] {
  const { text } = cli
  return [
    text('cli:mailbox.migrate.checks'),
    ...checks.flatMap((check) => checkLines(check, cli)).map((line) => `  ${line}`),
    text('cli:mailbox.migrate.changes'),
    ...changes.map(({ setting, from, to }) => `  ${setting}: ${from} → ${to}`),
    text('cli:mailbox.migrate.concerns', { readFrom }),
    ...concerns.map((concern) => `  ${concern.message}`),
    '',
    message,
  ]
}
