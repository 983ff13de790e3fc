import { join } from 'node:path'

/** Raw messages larger than this are files: a row of so many octets costs the database more than it is worth. */
export const LARGEST_IN_ROW = 256 * 1024

/** What a file is called until all of it is on the disk. */
export const UNFINISHED = '.unfinished'

/** The file of a raw message: named after its SHA-256, in one of 256 folders so that none grows without end. */
export function rawFile(directory: string, sha256: string): { folder: string; path: string } {
  const folder = join(directory, sha256.slice(0, 2))
  return { folder, path: join(folder, `${sha256.slice(2)}.eml`) }
}
