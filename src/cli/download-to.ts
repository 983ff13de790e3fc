import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Cli } from './cli.ts'
import { CliError } from './cli-error.ts'
import { fileError } from './file-error.ts'

/**
 * Writes what a route sends into a new file. One that is there already is never overwritten (`file-exists`), and what came
 * only in part is removed. `download` is called once the file can be written.
 */
export async function downloadTo(
  path: string,
  download: () => Promise<Readable>,
  { text }: Pick<Cli, 'text'>,
): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx' })
  try {
    await new Promise((resolve, reject) => file.once('open', resolve).once('error', reject))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileError(path, error, text)
    throw new CliError('file-exists', text('cli:file.exists', { path }), { cause: error })
  }
  try {
    await pipeline(await download(), file)
  } catch (error) {
    file.destroy()
    await rm(path, { force: true })
    throw error
  }
}
