import type { Command } from 'commander'
import type { z } from 'zod'
import type { changeView, replayCounts, replayLine } from '../../api/routes/messages/replay-view.ts'
import { describeSaying } from '../../inbound/in-words/describe-saying.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { printableLine } from '../printable.ts'
import { readInputFile } from '../read-input-file.ts'
import { withApi } from '../with-api.ts'
import { writeOut } from '../write-out.ts'

/** The exit code when something would be read otherwise: neither done and well, nor failed. */
const WOULD_CHANGE = 3

type Change = z.output<typeof changeView>
type Counts = z.output<typeof replayCounts>
type Line = z.output<typeof replayLine>

interface Options {
  json?: boolean
  process?: string
  ofProcess?: string
  mailbox?: string
  request?: string
  since?: string
}

/** `message replay`: what would be read in stored messages now. */
export function addReplay(group: Command, cli: Cli): void {
  const { text } = cli
  addCommand(group, cli, 'replay', 'message.replay')
    .option('--process <file>', text('cli:message.replay.process'))
    .option('--of-process <name>', text('cli:message.replay.of-process'))
    .option('--mailbox <name>', text('cli:message.replay.mailbox'))
    .option('--request <id>', text('cli:message.replay.request'))
    .option('--since <time>', text('cli:message.replay.since'))
    .action((options: Options) =>
      withApi(cli, async (api) => {
        const { process, ofProcess, mailbox, request, since } = options
        const definition = process === undefined ? undefined : await readInputFile(process, text)
        const body = {
          ...(definition !== undefined && { definition: definition.toString('utf8') }),
          ...(ofProcess !== undefined && { process: ofProcess }),
          ...(mailbox !== undefined && { mailbox }),
          ...(request !== undefined && { request }),
          ...(since !== undefined && { since }),
        }
        const lines = api.lines<Line>({ method: 'POST', path: '/api/messages/replay', body })
        const counts = await (options.json ? printDocument : printLines)(lines, cli)
        if (counts !== null && counts.changed > 0) cli.exitCode = WOULD_CHANGE
      }),
    )
}

/**
 * One document, written as its parts come: `{ "changes": […], "counts": {…} }`, with `error` in place of `counts` when it
 * was cut off. Returns the counts; null when nobody reads any more.
 */
async function printDocument(lines: AsyncIterable<Line>, cli: Cli): Promise<Counts | null> {
  let separator = '{"changes":['
  try {
    for await (const line of lines) {
      if ('counts' in line) {
        const opening = separator === ',' ? '' : separator
        await writeOut(cli.stdout, `${opening}\n],"counts":${JSON.stringify(line.counts)}}\n`)
        return line.counts
      }
      if ('progress' in line) continue
      if (!(await writeOut(cli.stdout, `${separator}\n${JSON.stringify(line)}`))) return null
      separator = ','
    }
    throw cutOff(cli)
  } catch (error) {
    if (separator !== ',' || !(error instanceof CliError)) throw error
    const { code, message } = error
    await writeOut(cli.stdout, `\n],"error":${JSON.stringify({ code, message, problems: [] })}}\n`)
    cli.exitCode = 1
    return null
  }
}

/** A line a change as it comes, then what they are, grouped, and how many. */
async function printLines(lines: AsyncIterable<Line>, cli: Cli): Promise<Counts | null> {
  for await (const line of lines) {
    if ('progress' in line) continue
    if ('counts' in line) {
      cli.print({}, line, describeCounts(line.counts, cli))
      return line.counts
    }
    cli.print({}, line, [describeChange(line, cli)])
    if (cli.stdout.destroyed) return null
  }
  throw cutOff(cli)
}

function cutOff({ text }: Cli): CliError {
  return new CliError('replay-cut-off', text('cli:message.replay.cut-off'))
}

function describeChange({ message, knowsSentText, ...change }: Change, cli: Cli): string {
  const { id, receivedAt, from, requestId, action } = message
  const place = requestId === null ? '—' : `#${requestId}${action === null ? '' : `-${action.number}`}`
  const status = action === null ? '' : cli.text(`cli:message.replay.status.${action.status}`)
  const row = [id, receivedAt, place, status, from, describeDifference(change, cli)].filter(
    (cell) => cell !== '',
  )
  return [...row, ...(knowsSentText ? [] : [cli.text('cli:message.replay.sent-text-erased')])].join('  ')
}

function describeDifference(
  { was, now, differs }: Pick<Counts['groups'][number], 'was' | 'now' | 'differs'>,
  { text }: Cli,
): string {
  const [before, after] = [was, now].map((said) => printableLine(describeSaying(said, text)))
  if (before !== after) return `${before} → ${after}`
  const members = differs.map((member) => text(`cli:message.replay.member.${member}`)).join(', ')
  return text('cli:message.replay.same-but', { saying: after ?? '', members })
}

function describeCounts(counts: Counts, cli: Cli): string[] {
  const { text } = cli
  const { same, changed, erased, lost, stepGone, groups, ungrouped } = counts
  const told = (key: string, count: number) =>
    count === 0 ? [] : [text(`cli:message.replay.${key}`, { count })]
  const width = String(groups[0]?.count ?? 0).length
  return [
    ...(groups.length === 0 ? [] : ['', text('cli:message.replay.groups')]),
    ...groups.map((group) => `  ${String(group.count).padStart(width)}  ${describeDifference(group, cli)}`),
    ...told('ungrouped', ungrouped),
    ...(groups.length === 0 ? [] : ['']),
    text('cli:message.replay.counts', { read: same + changed, same, changed }),
    ...told('erased', erased),
    ...told('lost', lost),
    ...told('step-gone', stepGone),
    text('cli:message.replay.nothing-written'),
  ]
}
