import type { Command } from 'commander'
import type { z } from 'zod'
import type { checkView } from '../../api/routes/mailboxes/check-view.ts'
import type { mailboxView } from '../../api/routes/mailboxes/mailbox-view.ts'
import { addCommand } from '../add-command.ts'
import type { ApiClient } from '../api-client.ts'
import { checkLines } from '../check-lines.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { formatTable } from '../format-table.ts'
import { readMailboxFile } from '../read-mailbox-file.ts'
import { withApi } from '../with-api.ts'
import { addMailboxChanges } from './mailbox-changes.ts'
import { addMailboxConsentLink } from './mailbox-consent-link.ts'
import { addMailboxMigrate } from './mailbox-migrate.ts'
import { addMailboxShow } from './mailbox-show.ts'

type Mailbox = z.output<typeof mailboxView>

type Check = z.output<typeof checkView>

/** `mailbox set`, `mailbox list`, `mailbox check`, `mailbox reattach`. */
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
          body: await readMailboxFile(file, cli),
        })
        cli.print(options, saved, [...saved.notes, text('cli:mailbox.set.done', { name })])
      }),
    )

  addCommand(group, cli, 'list', 'mailbox.list').action((options: { json?: boolean }) =>
    withApi(cli, async (api) => {
      const list = await api<{ items: Mailbox[] }>({ method: 'GET', path: '/api/mailboxes' })
      const rows = list.items.map(
        ({ name, state, settings, trouble, push, credential, sending, retirement }) => [
          name,
          settings.user,
          text(`cli:mailbox.state.${state}`),
          push === null ? '' : text(`cli:mailbox.push.${push.state}`),
          describeWaiting(sending, cli),
          trouble?.message ?? credential?.message ?? (push?.state === 'failed' ? push.message : ''),
          retirement?.message ?? '',
        ],
      )
      cli.print(options, list, rows.length === 0 ? [text('cli:mailbox.list.none')] : formatTable(rows))
    }),
  )

  addMailboxConsentLink(group, cli)
  addMailboxShow(group, cli)
  addMailboxChanges(group, cli)
  addMailboxMigrate(group, cli)

  addCommand(group, cli, 'reattach', 'mailbox.reattach')
    .argument('<name>', text('cli:mailbox.name'))
    .option('--since <time>', text('cli:mailbox.reattach.since'))
    .action((name: string, options: { json?: boolean; since?: string }) =>
      withApi(cli, async (api) => {
        const found = await api<{ since: string; mailsAsked: number }>({
          method: 'POST',
          path: `/api/mailboxes/${encodeURIComponent(name)}/reattach`,
          body: { since: options.since ?? null },
        })
        const values = { name, since: found.since, mails: found.mailsAsked }
        cli.print(options, found, [text('cli:mailbox.reattach.done', values)])
      }),
    )

  addCommand(group, cli, 'check', 'mailbox.check')
    .argument('<name>', text('cli:mailbox.name'))
    .option('--no-send', text('cli:mailbox.check.no-send'))
    .action((name: string, options: { json?: boolean; send: boolean }) =>
      withApi(cli, (api) => checkMailbox(cli, api, name, options)),
    )
}

/** Says of each step what it found as soon as it is done; with `--json` all at the end. A step that failed is exit code 1. */
async function checkMailbox(
  cli: Cli,
  api: ApiClient,
  name: string,
  options: { json?: boolean; send: boolean },
): Promise<void> {
  const path = `/api/mailboxes/${encodeURIComponent(name)}/check?send=${options.send}`
  const checks: Check[] = []
  let ok: boolean | null = null
  for await (const line of api.lines<Check | { ok: boolean }>({ method: 'POST', path })) {
    if ('ok' in line) {
      ok = line.ok
    } else {
      checks.push(line)
      if (!options.json) cli.print({}, line, checkLines(line, cli))
    }
  }
  if (ok === null) throw new CliError('check-cut-off', cli.text('cli:mailbox.check.cut-off'))
  if (!ok) cli.exitCode = 1
  if (options.json) cli.print(options, { ok, checks }, [])
}

function describeWaiting({ waiting, lastExpectedAt }: Mailbox['sending'], { text }: Cli): string {
  if (waiting === 0) return ''
  return lastExpectedAt === null
    ? text('cli:mailbox.list.waiting', { count: waiting })
    : text('cli:mailbox.list.waiting-until', { count: waiting, at: lastExpectedAt })
}
