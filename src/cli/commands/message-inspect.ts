import type { Command } from 'commander'
import type { Question } from '../../replies/reading.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { inspectBatch } from '../inspect-batch.ts'
import { type Inspected, inspectFile, questionsFormat } from '../inspect-file.ts'
import { readDataFile } from '../read-data-file.ts'

interface Options {
  json?: boolean
  questions?: string
  sent?: string
  locale?: string
  batch?: string
}

/** `message inspect`: what would be read in message files. Needs neither configuration nor database. */
export function addInspect(group: Command, cli: Cli): void {
  const { text } = cli
  const command = addCommand(group, cli, 'inspect', 'message.inspect')
    .argument('[file...]', text('cli:message.inspect.file'))
    .option('--questions <file>', text('cli:message.inspect.questions'))
    .option('--sent <file>', text('cli:message.inspect.sent'))
    .option('--locale <locale>', text('cli:message.inspect.locale'))
    .option('--batch <cases>', text('cli:message.inspect.batch'))
    .action(async (files: string[], options: Options) => {
      if (options.batch !== undefined) {
        if ((await inspectBatch(options.batch, cli)) > 0) cli.exitCode = 1
        return
      }
      if (files.length === 0)
        command.error("error: missing required argument 'file'", { code: 'commander.missingArgument' })
      const questions = options.questions === undefined ? undefined : await readQuestions(options.questions)
      const inspected: Inspected[] = []
      const { sent, locale } = options
      for (const file of files) inspected.push(await inspectFile({ file, questions, sent, locale }, cli))
      if (inspected.some((one) => 'error' in one)) cli.exitCode = 1
      const readings = inspected.map((one) => ('error' in one ? one : one.reading))
      cli.print(options, readings.length === 1 ? readings[0] : readings, inspected.flatMap(describe))
    })

  async function readQuestions(path: string): Promise<Question[]> {
    const questions = questionsFormat.safeParse(await readDataFile(path, cli))
    if (questions.success) return questions.data
    throw new CliError('file-invalid', text('cli:message.inspect.questions-invalid', { path }))
  }

  function describe(inspected: Inspected): string[] {
    const { file } = inspected
    if ('error' in inspected) return [`${file}: ${inspected.error.message}`]
    const { message, reading } = inspected
    const from = message.from.map(({ address }) => address).join(', ')
    return [
      `${file}: ${from} — ${message.subject}`,
      `  ${text(`cli:message.inspect.kind.${reading.kind}`)}`,
      ...Object.entries(reading.details).map(
        ([question, { value, matchedBy }]) => `  ${question}: ${value} (${matchedBy})`,
      ),
      ...(reading.comment === ''
        ? []
        : [`  ${text('cli:message.inspect.comment', { comment: reading.comment })}`]),
      ...[reading.reason, reading.confirm]
        .filter((reason) => reason !== null)
        .map((reason) => `  ${text('cli:message.inspect.reason', { reason })}`),
      ...reading.trace.map(
        ({ region, from: start, to, rule }) =>
          `    ${region} (${rule}): ${JSON.stringify(reading.text.slice(start, to))}`,
      ),
    ]
  }
}
