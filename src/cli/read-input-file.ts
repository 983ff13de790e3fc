import { readFile, stat } from 'node:fs/promises'
import type { Translate } from '../lib/translate.ts'
import { CliError } from './cli-error.ts'
import { fileError } from './file-error.ts'

/** Exchange Online's largest message (36 MB) with the third that base64 adds, and some. */
const MAX_BYTES = 64 * 1024 * 1024

/** The octets of a file that a command names. Throws `CliError` saying what is wrong with it. */
export async function readInputFile(
  path: string,
  text: Translate,
  maxBytes: number = MAX_BYTES,
): Promise<Buffer<ArrayBuffer>> {
  try {
    const { size } = await stat(path)
    if (size > maxBytes) throw new CliError('file-too-large', text('cli:file.too-large', { path }))
    return await readFile(path)
  } catch (error) {
    throw error instanceof CliError ? error : fileError(path, error, text)
  }
}
