import { randomBytes } from 'node:crypto'
import { open, rename } from 'node:fs/promises'
import { reached } from '../../lib/milestones.ts'
import { makeFolder, sync } from './make-folder.ts'
import { LARGEST_IN_ROW, rawFile, UNFINISHED } from './raw-file.ts'

/**
 * Keeps a raw message outside the row that will name it, where it is large and there is a directory. Returns what
 * belongs into the row: the octets, or null when they are a file. Call it before the transaction: a file that no row
 * names is swept, a row without its file would be a lost message.
 *
 * The file is written anew even where there is one of the same content, which `sweepRaw` may be about to take away.
 */
export async function keepRaw(
  directory: string | null,
  octets: Buffer,
  sha256: string,
): Promise<Buffer | null> {
  if (directory === null || octets.byteLength <= LARGEST_IN_ROW) return octets
  const { folder, path } = rawFile(directory, sha256)
  await makeFolder(folder)
  const draft = `${path}.${randomBytes(8).toString('hex')}${UNFINISHED}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(octets)
    await file.sync()
  } finally {
    await file.close()
  }
  reached('raw-file-written', { sha256 })
  await rename(draft, path)
  await sync(folder)
  reached('raw-file-named', { sha256 })
  return null
}
