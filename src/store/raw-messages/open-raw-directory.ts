import { access, constants } from 'node:fs/promises'
import { OperatorError } from '../../lib/operator-error.ts'
import { makeFolder } from './make-folder.ts'

/**
 * Makes the directory for large raw messages where there is none, and sees that we may write into it: a reply should
 * not be the first to find out. Throws `OperatorError`.
 */
export async function openRawDirectory(directory: string | null): Promise<void> {
  if (directory === null) return
  try {
    await makeFolder(directory)
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new OperatorError('raw-directory-unusable', { directory, reason }, { cause })
  }
}
