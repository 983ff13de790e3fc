import type { Command } from 'commander'
import type { z } from 'zod'
import type { mailboxView } from '../../api/routes/mailboxes/mailbox-view.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { withApi } from '../with-api.ts'

/** `mailbox consent-link`: the link by which an administrator of the mailbox's tenant consents to the application. */
export function addMailboxConsentLink(group: Command, cli: Cli): void {
  const { text } = cli
  addCommand(group, cli, 'consent-link', 'mailbox.consent-link')
    .argument('<name>', text('cli:mailbox.name'))
    .option('--redirect-uri <uri>', text('cli:mailbox.consent-link.redirect-uri'))
    .action((name: string, options: { json?: boolean; redirectUri?: string }) =>
      withApi(cli, async (api) => {
        const { items } = await api<{ items: z.output<typeof mailboxView>[] }>({
          method: 'GET',
          path: '/api/mailboxes',
        })
        const link = items.find((mailbox) => mailbox.name === name)?.adminConsentUrl ?? null
        if (link === null) {
          throw new CliError('no-consent-link', text('cli:mailbox.consent-link.none', { name }))
        }
        const url = new URL(link)
        if (options.redirectUri !== undefined) url.searchParams.set('redirect_uri', options.redirectUri)
        cli.print(options, { url }, [text('cli:mailbox.consent-link.who', { name }), url.href])
      }),
    )
}
