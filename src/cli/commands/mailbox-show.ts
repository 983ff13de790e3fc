import type { Command } from 'commander'
import type { z } from 'zod'
import type { mailboxView } from '../../api/routes/mailboxes/mailbox-view.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { withApi } from '../with-api.ts'

type Mailbox = z.output<typeof mailboxView>

/** `mailbox show`, `mailbox pause`, `mailbox resume`: one mailbox, and whether it runs. */
export function addMailboxShow(group: Command, cli: Cli): void {
  const { text } = cli

  addCommand(group, cli, 'show', 'mailbox.show')
    .argument('<name>', text('cli:mailbox.name'))
    .action((name: string, options: { json?: boolean }) =>
      withApi(cli, async (api) => {
        const path = `/api/mailboxes/${encodeURIComponent(name)}`
        const mailbox = await api<Mailbox>({ method: 'GET', path })
        cli.print(options, mailbox, describeMailbox(mailbox, cli))
      }),
    )

  for (const verb of ['pause', 'resume'] as const) {
    addCommand(group, cli, verb, `mailbox.${verb}`)
      .argument('<name>', text('cli:mailbox.name'))
      .action((name: string, options: { json?: boolean }) =>
        withApi(cli, async (api) => {
          const changed = await api<{ mailbox: Mailbox }>({
            method: 'POST',
            path: `/api/mailboxes/${encodeURIComponent(name)}/${verb}`,
          })
          const { waiting } = changed.mailbox.sending
          cli.print(options, changed, [text(`cli:mailbox.${verb}.done`, { name, waiting })])
        }),
      )
  }
}

/** The values that its text takes. */
const tellable = ({ code, since, message }: NonNullable<Mailbox['trouble']>) => ({ code, since, message })

function describeMailbox(mailbox: Mailbox, { text }: Cli): string[] {
  const { name, state, trouble, pausedBy, sending, lastReceivedAt, readAgainAt, settings } = mailbox
  const { freeAt: _, lastExpectedAt, retryAt, ...numbers } = sending
  const never = text('cli:mailbox.show.never')
  return [
    `${name}  ${settings.user}  ${text(`cli:mailbox.state.${state}`)}`,
    ...(pausedBy === null
      ? []
      : [
          text('cli:mailbox.show.paused', {
            at: pausedBy.at,
            by: pausedBy.person?.name ?? text('cli:mailbox.show.operator'),
          }),
        ]),
    ...(trouble === null ? [] : [text('cli:mailbox.show.trouble', tellable(trouble))]),
    text('cli:mailbox.show.received', { at: lastReceivedAt ?? never }),
    ...(readAgainAt === null ? [] : [text('cli:mailbox.show.read-again', { at: readAgainAt })]),
    ...(retryAt === null ? [] : [text('cli:mailbox.show.send-again', { at: retryAt })]),
    text('cli:mailbox.show.budget', numbers),
    text('cli:mailbox.show.waiting', { ...numbers, last: lastExpectedAt ?? '–' }),
    ...Object.entries(settings).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
  ]
}
