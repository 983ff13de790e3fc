import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a new file that only our user can read (mode 0600), complete on the disk before it appears under its name: a
 * crash leaves no half key. The caller holds the data directory's lock, so that nobody else makes the same file.
 */
export async function createSecretFile(path: string, content: string): Promise<void> {
  const draft = `${path}.unfinished`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
  const directory = await open(dirname(path), 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
