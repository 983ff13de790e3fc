import type { Command } from 'commander'
import type { FooterView } from '../../api/routes/footers/footer-view.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { withApi } from '../with-api.ts'

interface ListOptions {
  json?: boolean
  domain?: string
  state?: string
}

/** `footer list`, `footer on`, `footer off`. */
export function addFooterCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('footer').description(text('cli:footer.about'))

  addCommand(group, cli, 'list', 'footer.list')
    .option('--domain <domain>', text('cli:footer.list.domain'))
    .option('--state <state>', text('cli:footer.list.state'))
    .action(({ domain, state, ...options }: ListOptions) =>
      withApi(cli, async (api) => {
        const query = new URLSearchParams({
          limit: '200',
          ...(domain && { domain }),
          ...(state && { state }),
        })
        const list = await api<{ items: FooterView[] }>({ method: 'GET', path: `/api/footers?${query}` })
        const lines = list.items.flatMap((footer) => describe(footer, cli))
        cli.print(options, list, lines.length === 0 ? [text('cli:footer.list.none')] : lines)
      }),
    )

  for (const state of ['on', 'off'] as const) {
    addCommand(group, cli, state, `footer.${state}`)
      .argument('<id>', text('cli:footer.id'))
      .action((id: string, options: { json?: boolean }) =>
        withApi(cli, async (api) => {
          const path = `/api/footers/${encodeURIComponent(id)}`
          const footer = await api<FooterView>({ method: 'PUT', path, body: { state } })
          cli.print(options, footer, [text(`cli:footer.${state}.done`, { line: footer.line })])
        }),
      )
  }
}

/** Two lines a footer: its text, and why it is here. */
function describe({ id, domain, line, state, evidence }: FooterView, { text }: Cli): string[] {
  const { people, mails, firstSeen, lastSeen } = evidence
  const seen =
    firstSeen === null || lastSeen === null
      ? text('cli:footer.list.unseen')
      : text('cli:footer.list.seen', { people: String(people), mails: String(mails), firstSeen, lastSeen })
  return [[id, domain, state, line].join('  '), `  ${text(`cli:footer.list.states.${state}`)} ${seen}`]
}
