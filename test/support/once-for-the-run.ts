import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { eventually } from './eventually.ts'

/**
 * A file or directory that all test files of this run share: the first who needs it makes it at the path that `make` is
 * given, the others wait until it is whole. Returns where it is; it is gone with the run. Throws what `make` throws.
 */
export async function onceForTheRun(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const path = join(inject('databases').directory, name)
  const turn = `${path}.turn`
  if (existsSync(path)) return path
  if (isTaken(turn)) {
    await eventually(async () => {
      // Whoever had the turn failed: they have told why, and it is ours to try.
      if (!existsSync(path) && existsSync(turn)) throw new Error(`${name} is not made yet`)
    })
    return onceForTheRun(name, make)
  }
  const draft = `${path}.draft`
  try {
    // It may have been made between the first look and the turn.
    if (!existsSync(path)) {
      await make(draft)
      renameSync(draft, path)
    }
    return path
  } finally {
    rmSync(draft, { recursive: true, force: true })
    rmSync(turn, { recursive: true, force: true })
  }
}

/** Takes the turn unless another process has it. */
function isTaken(turn: string): boolean {
  try {
    mkdirSync(turn)
    return false
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return true
  }
}
