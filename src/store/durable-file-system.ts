import { fdatasyncSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type ModuleOptions = Parameters<NodeFS['init']>[1]

/** What Emscripten's NODEFS holds that its types do not tell. */
interface NodeFileSystemModule {
  NODEFS: {
    stream_ops: { fsync?: (stream: { nfd: number }) => 0 }
    tryFSOperation<T>(operation: () => T): T
  }
}

/**
 * PGlite's file system on a folder, made durable. NODEFS knows no fsync, so PostgreSQL's own calls end in nothing and
 * a power cut loses acknowledged commits; here they reach the disk, for files and for directories.
 *
 * This leans on Emscripten's internals: `syncs` is how the caller proves at start that it still works.
 */
export class DurableFileSystem extends NodeFS {
  /** How many times data was forced to the disk. */
  syncs = 0

  override async init(pg: PGlite, options: ModuleOptions) {
    const { emscriptenOpts } = await super.init(pg, options)
    const preRun = [
      ...(emscriptenOpts.preRun ?? []),
      (module: object) => this.#addFsync(module as NodeFileSystemModule),
    ]
    return { emscriptenOpts: { ...emscriptenOpts, preRun } }
  }

  #addFsync({ NODEFS }: NodeFileSystemModule): void {
    NODEFS.stream_ops.fsync = ({ nfd }) => {
      // A failure must come back as errno: PostgreSQL then stops at once instead of trusting the page cache.
      NODEFS.tryFSOperation(() => fdatasyncSync(nfd))
      this.syncs++
      return 0
    }
  }
}
