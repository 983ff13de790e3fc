import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { MemoryFS } from '@electric-sql/pglite'

/** Where PGlite has its cluster, in the file system that it is given. */
const PGDATA = '/pglite/data'

/** A cluster's files by their path in it, folders (null) before what is in them. */
type Files = Map<string, Uint8Array | null>

const read = new Map<string, Files>()

/**
 * PGlite's file system in memory, which begins as a copy of a cluster that was closed. PGlite itself loads archives only,
 * and takes as long to unpack one as to start on it.
 */
export class CopiedFileSystem extends MemoryFS {
  readonly #files: Files

  /** With the cluster in this directory, which is read once: it may not change any more. */
  constructor(cluster: string) {
    super()
    this.#files = read.get(cluster) ?? readFiles(cluster)
    read.set(cluster, this.#files)
  }

  override async initialSyncFs(): Promise<void> {
    if (!this.pg) throw new Error('not opened by PGlite')
    const { FS } = this.pg.Module
    FS.mkdirTree(PGDATA)
    for (const [path, content] of this.#files) {
      if (content === null) FS.mkdir(PGDATA + path)
      else FS.writeFile(PGDATA + path, content)
    }
  }
}

function readFiles(cluster: string): Files {
  const entries = readdirSync(cluster, { recursive: true, withFileTypes: true })
  const files: Files = new Map()
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    // Emscripten takes a `slice` of it for its own, which of a Buffer is no copy.
    const content = entry.isFile() ? new Uint8Array(readFileSync(path)) : null
    files.set(path.slice(cluster.length).replaceAll(sep, '/'), content)
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}
