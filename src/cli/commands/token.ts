import type { Command } from 'commander'
import { apiScopes } from '../../people/api-tokens.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { withApi } from '../with-api.ts'

interface Options {
  json?: boolean
  person: string
  scope: string[]
  name: string
  expires?: string
}

/** `token create`: an API token for a person. */
export function addTokenCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('token').description(text('cli:token.about'))
  addCommand(group, cli, 'create', 'token.create')
    .requiredOption('--person <address>', text('cli:token.create.person'))
    .requiredOption('--scope <scope...>', text('cli:token.create.scope', { scopes: apiScopes.join(', ') }))
    .option('--name <name>', text('cli:token.create.name'), 'cli')
    .option('--expires <date>', text('cli:token.create.expires'))
    .action((options: Options) =>
      withApi(cli, async (api) => {
        const made = await api<{ id: string; token: string; scopes: string[] }>({
          method: 'POST',
          path: '/api/tokens',
          body: {
            person: options.person,
            name: options.name,
            scopes: options.scope.flatMap((scope) => scope.split(',')),
            expiresAt: options.expires === undefined ? null : toInstant(options.expires),
          },
        })
        // The token alone on its line, so that it can be piped; the rest on standard error.
        cli.print(options, made, [made.token])
        if (!options.json) cli.stderr.write(`${text('cli:token.create.once')}\n`)
      }),
    )
}

/** A day ends at its end (UTC); anything else is left for the API to judge. */
function toInstant(expires: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(expires) ? `${expires}T23:59:59Z` : expires
}
