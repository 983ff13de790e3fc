import type { Command } from 'commander'
import { addCommand } from '../add-command.ts'
import type { ApiClient } from '../api-client.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { describeReading } from '../describe-reading.ts'
import { inspectBatch } from '../inspect-batch.ts'
import { type Inspected, inspectFile, questionsFormat } from '../inspect-file.ts'
import { inspectStored } from '../inspect-stored.ts'
import { printableLine } from '../printable.ts'
import { readDataFile } from '../read-data-file.ts'
import { type AskedInStep, readStep } from '../read-step.ts'
import { withApi } from '../with-api.ts'

interface Options {
  json?: boolean
  questions?: string
  process?: string
  step?: string
  sent?: string
  locale?: string
  batch?: string
  color: boolean
}

/** `message inspect`: what would be read in message files, or was read in stored messages. */
export function addInspect(group: Command, cli: Cli): void {
  const { text } = cli
  const command = addCommand(group, cli, 'inspect', 'message.inspect')
    .argument('[file...]', text('cli:message.inspect.file'))
    .option('--questions <file>', text('cli:message.inspect.questions'))
    .option('--process <file>', text('cli:message.inspect.process'))
    .option('--step <name>', text('cli:message.inspect.step'))
    .option('--sent <file>', text('cli:message.inspect.sent'))
    .option('--locale <locale>', text('cli:message.inspect.locale'))
    .option('--batch <cases>', text('cli:message.inspect.batch'))
    .option('--no-color', text('cli:message.inspect.no-color'))
    .action(async (files: string[], options: Options) => {
      if (options.batch !== undefined) {
        if ((await inspectBatch(options.batch, cli)) > 0) cli.exitCode = 1
        return
      }
      if (files.length === 0)
        command.error("error: missing required argument 'file'", { code: 'commander.missingArgument' })
      const asked = await readAsked(options)
      const { sent, locale } = options
      const inspectEach = async (api: ApiClient | null) => {
        const inspected: Inspected[] = []
        for (const file of files) {
          inspected.push(
            api !== null && id.test(file)
              ? await inspectStored(api, file, cli)
              : await inspectFile({ file, ...asked, sent, locale }, cli),
          )
        }
        return inspected
      }
      // Files are inspected without any configuration; only a stored message needs the server or its folder.
      const isStored = files.some((file) => id.test(file))
      const inspected = await (isStored ? withApi(cli, inspectEach) : inspectEach(null))
      if (inspected.some((one) => 'error' in one)) cli.exitCode = 1
      const readings = inspected.map((one) => ('error' in one ? one : one.reading))
      if (options.json) cli.print(options, readings.length === 1 ? readings[0] : readings, [])
      else {
        const lines = inspected.flatMap((one) => describe(one, cli.colours && options.color))
        cli.stdout.write(`${lines.join('\n')}\n`)
      }
    })

  /** Without either of them every message is asked whether it says yes or no. */
  async function readAsked({ questions: path, process, step }: Options): Promise<Partial<AskedInStep>> {
    if (process !== undefined) return readStep(process, step, cli)
    if (path === undefined) return {}
    const questions = questionsFormat.safeParse(await readDataFile(path, cli))
    if (questions.success) return { questions: questions.data }
    throw new CliError('file-invalid', text('cli:message.inspect.questions-invalid', { path }))
  }

  function describe(inspected: Inspected, colours: boolean): string[] {
    const { file: name } = inspected
    if ('error' in inspected) return [printableLine(`${name}: ${inspected.error.message}`)]
    return describeReading({ ...inspected, name }, { text, colours })
  }
}

/** An id of a stored message. A file of such a name can be given as `./…`. */
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
