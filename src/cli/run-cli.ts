import { CommanderError } from 'commander'
import { OperatorError } from '../lib/operator-error.ts'
import { translator } from '../lib/translate.ts'
import { ApiRefusal } from './api-client.ts'
import type { Cli, CliParts } from './cli.ts'
import { CliError } from './cli-error.ts'
import { createProgram } from './create-program.ts'
import { describeUsageError } from './describe-usage-error.ts'
import { printable } from './printable.ts'

/** Done; refused or failed; called wrongly. */
const exitCodes = { done: 0, failed: 1, usage: 2 }

/**
 * Runs one command and returns its exit code. With `--json` standard output holds exactly one JSON document, last:
 * the outcome, or `{ error: { code, message, problems } }`.
 */
export async function runCli(argumentsGiven: string[], parts: CliParts): Promise<number> {
  const cli: Cli = {
    ...parts,
    text: translator(parts.locale),
    exitCode: exitCodes.done,
    print({ json }, document, lines) {
      const output = json ? JSON.stringify(document, null, 2) : printable(lines.join('\n'))
      parts.stdout.write(`${output}\n`)
    },
  }
  try {
    await createProgram(cli).parseAsync(argumentsGiven, { from: 'user' })
    return cli.exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done
    const told = describe(error, cli)
    const json = argumentsGiven.includes('--json')
    if (json)
      cli.print({ json }, { error: { code: told.code, message: told.message, problems: told.problems } }, [])
    else {
      const problems = told.problems.map(({ path, line, message }) =>
        [line === undefined ? path : `${line}: ${path}`, message].filter(Boolean).join(' — '),
      )
      parts.stderr.write(`${printable([told.message, ...problems].join('\n'))}\n`)
    }
    return told.exitCode
  }
}

interface Told {
  code: string
  message: string
  problems: { path: string; line?: number | undefined; message: string }[]
  exitCode: number
}

/** What went wrong, for people. A bug is thrown on: it crashes the process and shows where. */
function describe(error: unknown, cli: Cli): Told {
  if (error instanceof ApiRefusal) {
    const { code, detail, problems } = error.problem
    return { code, message: detail, problems, exitCode: exitCodes.failed }
  }
  if (error instanceof CommanderError) {
    const message = describeUsageError(error, cli.text)
    return { code: 'usage', message, problems: [], exitCode: exitCodes.usage }
  }
  if (error instanceof CliError) {
    return { code: error.code, message: error.message, problems: [], exitCode: exitCodes.failed }
  }
  if (error instanceof OperatorError) {
    const message = error.text(cli.locale)
    const problems = error.problems.map((problem) => ({ ...problem, message: problem.message[cli.locale] }))
    return { code: 'operator-error', message, problems, exitCode: exitCodes.failed }
  }
  throw error
}
