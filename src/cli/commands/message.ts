import { type Command, InvalidArgumentError } from 'commander'
import type { z } from 'zod'
import type { inboundItem, messageView, outboundSummary } from '../../api/routes/messages/message-view.ts'
import { describeSaying } from '../../inbound/in-words/describe-saying.ts'
import type { ReplyReading } from '../../replies/reading.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { formatTable } from '../format-table.ts'
import { printableLine } from '../printable.ts'
import { withApi } from '../with-api.ts'
import { addExport } from './export-evidence.ts'
import { addAnswer } from './message-answer.ts'
import { addInspect } from './message-inspect.ts'
import { addReplay } from './message-replay.ts'

type Summary = z.output<typeof inboundItem> | z.output<typeof outboundSummary>

interface ListOptions {
  json?: boolean
  direction: string
  state?: string
}

/** `message list`, `message show`, `message answer`, `message export`, `message inspect`, `message replay`. */
export function addMessageCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('message').description(text('cli:message.about'))

  addCommand(group, cli, 'list', 'message.list')
    .option('--direction <direction>', text('cli:message.list.direction'), checkDirection, 'inbound')
    .option('--state <state>', text('cli:message.list.state'))
    .action((options: ListOptions) =>
      withApi(cli, async (api) => {
        const query = options.state === undefined ? '' : `?state=${encodeURIComponent(options.state)}`
        const path = `/api/messages/${encodeURIComponent(options.direction)}${query}`
        const list = await api<{ items: Summary[]; next: string | null }>({ method: 'GET', path })
        const rows = list.items.map((item) => toRow(item, cli))
        cli.print(options, list, rows.length === 0 ? [text('cli:message.list.none')] : formatTable(rows))
      }),
    )

  addCommand(group, cli, 'show', 'message.show')
    .argument('<id>', text('cli:message.show.id'))
    .action((id: string, options: { json?: boolean }) =>
      withApi(cli, async (api) => {
        const path = `/api/messages/${encodeURIComponent(id)}`
        const message = await api<z.output<typeof messageView>>({ method: 'GET', path })
        cli.print(options, message, describe(message))
      }),
    )

  addAnswer(group, cli)
  addExport(group, cli, 'message')
  addInspect(group, cli)
  addReplay(group, cli)

  function describe(message: z.output<typeof messageView>): string[] {
    const facts = formatTable([toRow(message, cli)])
    if (!('reading' in message)) return facts
    const { reading, advice, verdict, decision } = message
    return [
      ...facts,
      ...(reading === null
        ? []
        : [
            text('cli:message.show.reading', {
              said: printableLine(describeSaying(reading as unknown as ReplyReading, text)),
            }),
          ]),
      ...(advice === null ? [] : [`  ${advice}`]),
      ...(verdict === null
        ? []
        : [text('cli:message.show.verdict', { verdict: text(`trust:verdicts.${verdict.verdict}`) })]),
      ...(verdict?.reasons ?? []).map(({ message: reason }) => `  ${reason}`),
      ...(decision === null
        ? []
        : [text('cli:message.show.decision', { result: decision.result, at: decision.at })]),
    ]
  }
}

function checkDirection(direction: string): string {
  if (direction === 'inbound' || direction === 'outbound') return direction
  throw new InvalidArgumentError('inbound, outbound')
}

function toRow(message: Summary, cli: Cli): string[] {
  const { id, error } = message
  const reason = error === null ? '' : `${error.code}: ${error.message}`
  if (message.state === 'unfetched') return [id, message.firstFailedAt, message.state, '', '', reason]
  return message.direction === 'inbound'
    ? [id, message.receivedAt, message.outcome ?? message.state, message.from, message.subject, reason]
    : [id, message.createdAt, message.state, message.to, message.kind, waitOf(message, cli), reason]
}

function waitOf({ waitsFor, expectedAt }: z.output<typeof outboundSummary>, { text }: Cli): string {
  if (waitsFor === null) return ''
  const reason = text(`cli:message.list.waits-for.${waitsFor}`)
  return expectedAt === null ? reason : text('cli:message.list.until', { reason, at: expectedAt })
}
