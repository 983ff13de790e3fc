import { readYaml } from '../approvals/model/read-yaml.ts'
import type { Cli } from './cli.ts'
import { CliError } from './cli-error.ts'
import { readInputFile } from './read-input-file.ts'

/** The API's own limit of a body. */
const MAX_BYTES = 1024 * 1024

/** What a YAML or JSON file says. Throws `CliError` naming each line that cannot be read. */
export async function readDataFile(path: string, cli: Pick<Cli, 'text' | 'locale'>): Promise<unknown> {
  const { value, problems } = readYaml((await readInputFile(path, cli.text)).toString('utf8'), MAX_BYTES)
  if (problems.length === 0) return value
  const lines = problems.map(({ line, message }) => `${path}:${line ?? 1}: ${message[cli.locale]}`)
  throw new CliError('file-invalid', lines.join('\n'))
}
