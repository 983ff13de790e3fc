import { readFile } from 'node:fs/promises'
import { OperatorError } from '../lib/operator-error.ts'

/** The key file that the operator named in `variable`. Throws `OperatorError` when it cannot be read. */
export async function readKeyFile(file: string, variable: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new OperatorError('key-file-unreadable', { file, variable, reason }, { cause: error })
  }
}
