import type { Command } from 'commander'
import type { z } from 'zod'
import type { mailboxChange } from '../../api/routes/mailboxes/list-changes-route.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { withApi } from '../with-api.ts'

type Change = z.output<typeof mailboxChange>

/** `mailbox changes`: who changed what of a mailbox's settings, newest first. */
export function addMailboxChanges(group: Command, cli: Cli): void {
  const { text } = cli
  addCommand(group, cli, 'changes', 'mailbox.changes')
    .argument('<name>', text('cli:mailbox.name'))
    .action((name: string, options: { json?: boolean }) =>
      withApi(cli, async (api) => {
        const path = `/api/mailboxes/${encodeURIComponent(name)}/changes?limit=200`
        const page = await api<{ items: Change[]; next: string | null }>({ method: 'GET', path })
        cli.print(
          options,
          page,
          page.items.flatMap((change) => describeChange(change, cli)),
        )
      }),
    )
}

function describeChange({ at, person, kind, changes }: Change, { text }: Cli): string[] {
  const who = person?.name ?? text('cli:mailbox.changes.operator')
  return [
    `${at}  ${text(`cli:mailbox.changes.kind.${kind}`)}  ${who}`,
    ...changes.map(({ setting, from, to, replaced }) =>
      replaced
        ? `  ${setting}: ${text('cli:mailbox.changes.replaced')}`
        : `  ${setting}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`,
    ),
  ]
}
