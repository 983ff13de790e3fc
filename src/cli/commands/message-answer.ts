import type { Command } from 'commander'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { collectPair } from '../collect-pair.ts'
import { readInputFile } from '../read-input-file.ts'
import { withApi } from '../with-api.ts'

interface Options {
  json?: boolean
  answer: [question: string, answer: string][]
  comment: string
  reason: string
  tokenFile: string
}

/** `message answer`: enters what a reply says that was not understood, under the name of whose API token it is. */
export function addAnswer(group: Command, cli: Cli): void {
  const { text } = cli
  addCommand(group, cli, 'answer', 'message.answer')
    .argument('<id>', text('cli:message.show.id'))
    .requiredOption('--answer <Q1=YES>', text('cli:message.answer.answer'), collectPair, [])
    .requiredOption('--reason <text>', text('cli:message.answer.reason'))
    .requiredOption('--token-file <file>', text('cli:message.answer.token-file'))
    .option('--comment <text>', text('cli:message.answer.comment'), '')
    .action(async (id: string, { answer, comment, reason, tokenFile, ...options }: Options) => {
      const token = (await readInputFile(tokenFile, text)).toString('latin1').trim()
      await withApi(
        cli,
        async (api) => {
          const path = `/api/messages/${encodeURIComponent(id)}/answer`
          const answers = Object.fromEntries(answer)
          await api({ method: 'POST', path, body: { answers, comment, reason } })
          cli.print(options, { id, answers }, [text('cli:message.answer.done')])
        },
        { token },
      )
    })
}
