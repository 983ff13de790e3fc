import { readDefinition } from '../approvals/model/read-definition.ts'
import { readerQuestions } from '../inbound/reader-questions.ts'
import type { Question } from '../replies/reading.ts'
import type { Cli } from './cli.ts'
import { CliError } from './cli-error.ts'
import { readInputFile } from './read-input-file.ts'

export interface AskedInStep {
  questions: Question[]
  /** Around the answers to several of them. */
  brackets: string
}

/**
 * What a step of a process definition asks, the first when none is named. Throws `CliError` for a definition with errors,
 * naming each line, and for a step that it has not, naming those it has.
 */
export async function readStep(
  path: string,
  name: string | undefined,
  { text, locale }: Pick<Cli, 'text' | 'locale'>,
): Promise<AskedInStep> {
  const { definition, problems } = readDefinition((await readInputFile(path, text)).toString('utf8'))
  if (definition === null) {
    const lines = problems.map(({ line, message }) => `${path}:${line ?? 1}: ${message[locale]}`)
    throw new CliError('file-invalid', lines.join('\n'))
  }
  const { steps } = definition
  const step = name === undefined ? steps[0] : steps.find((one) => one.name === name)
  if (step === undefined) {
    const known = steps.map((one) => one.name).join(', ')
    throw new CliError(
      'file-invalid',
      text('cli:message.inspect.step-unknown', { path, name: name ?? '', known }),
    )
  }
  return { questions: readerQuestions({ definition, step }), brackets: step.brackets }
}
