import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Counts how often this process forces data to the disk, which is what a commit of the embedded database costs: its
 * file system ends in `fdatasync`. Every caller counts, so the commits are those of all connections and of pg-boss.
 */
export function countDiskSyncs(): { count(): number; clear(): void; stop(): void } {
  const { fdatasyncSync } = fs
  let count = 0
  replace((descriptor) => {
    count += 1
    fdatasyncSync(descriptor)
  })
  return {
    count: () => count,
    clear() {
      count = 0
    },
    stop: () => replace(fdatasyncSync),
  }
}

function replace(fdatasyncSync: typeof fs.fdatasyncSync): void {
  Object.assign(fs, { fdatasyncSync })
  // Modules that imported it by name see the change only then.
  syncBuiltinESMExports()
}
