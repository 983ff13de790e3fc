import type { Translate } from '../lib/translate.ts'
import { CliError } from './cli-error.ts'

/** Why a file that a command names cannot be had, for people. */
export function fileError(path: string, cause: unknown, text: Translate): CliError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
  return reason === 'ENOENT'
    ? new CliError('file-missing', text('cli:file.missing', { path }), { cause })
    : new CliError('file-unreadable', text('cli:file.unreadable', { path, reason }), { cause })
}
