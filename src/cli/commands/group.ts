import type { Command } from 'commander'
import { addCommand } from '../add-command.ts'
import type { ApiClient } from '../api-client.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { formatTable } from '../format-table.ts'
import { withApi } from '../with-api.ts'

interface Group {
  id: string
  name: string
  formerNames: string[]
  members: number
}

interface Options {
  json?: boolean
}

/** `group list`, `group rename`, `group delete`. */
export function addGroupCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('group').description(text('cli:group.about'))

  addCommand(group, cli, 'list', 'group.list').action((options: Options) =>
    withApi(cli, async (api) => {
      const list = await api<{ items: Group[] }>({ method: 'GET', path: '/api/groups?limit=200' })
      const rows = list.items.map(({ name, members, formerNames }) => [
        name,
        text('cli:group.list.members', { members: String(members) }),
        formerNames.length === 0 ? '' : text('cli:group.list.formerly', { names: formerNames.join(', ') }),
      ])
      cli.print(options, list, rows.length === 0 ? [text('cli:group.list.none')] : formatTable(rows))
    }),
  )

  addCommand(group, cli, 'rename', 'group.rename')
    .argument('<name>', text('cli:group.name'))
    .argument('<new-name>', text('cli:group.rename.new-name'))
    .action((name: string, newName: string, options: Options) =>
      withApi(cli, async (api) => {
        const path = await pathOf(api, name)
        const renamed = await api<Group>({ method: 'PATCH', path, body: { name: newName } })
        cli.print(options, renamed, [text('cli:group.rename.done', { name: renamed.name })])
      }),
    )

  addCommand(group, cli, 'delete', 'group.delete')
    .argument('<name>', text('cli:group.name'))
    .action((name: string, options: Options) =>
      withApi(cli, async (api) => {
        await api<null>({ method: 'DELETE', path: await pathOf(api, name) })
        cli.print(options, { deleted: name }, [text('cli:group.delete.done', { name })])
      }),
    )

  async function pathOf(api: ApiClient, name: string): Promise<string> {
    const found = await api<{ items: Group[] }>({
      method: 'GET',
      path: `/api/groups?name=${encodeURIComponent(name)}`,
    })
    const [only] = found.items
    if (only === undefined) throw new CliError('group-not-found', text('cli:group.unknown', { name }))
    return `/api/groups/${only.id}`
  }
}
