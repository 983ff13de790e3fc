import type { Command } from 'commander'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { withApi } from '../with-api.ts'

interface Options {
  json?: boolean
  name?: string
  admin?: boolean
}

/** `person invite`: a link by which somebody sets their password. */
export function addPersonCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('person').description(text('cli:person.about'))
  addCommand(group, cli, 'invite', 'person.invite')
    .argument('<address>', text('cli:person.invite.address'))
    .option('--admin', text('cli:person.invite.admin'))
    .option('--name <name>', text('cli:person.invite.name'))
    .action((address: string, options: Options) =>
      withApi(cli, async (api) => {
        const invited = await api<{ url: string; person: { name: string }; expiresAt: string }>({
          method: 'POST',
          path: '/api/people/invite',
          body: {
            address,
            ...(options.name === undefined ? {} : { name: options.name }),
            locale: cli.locale,
            administrator: options.admin ?? false,
          },
        })
        // The link alone on its line, so that it can be piped; the rest on standard error.
        cli.print(options, invited, [invited.url])
        if (!options.json)
          cli.stderr.write(`${text('cli:person.invite.once', { name: invited.person.name })}\n`)
      }),
    )
}
