import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { after } from '../../lib/clock.ts'
import type { Database } from '../schema.ts'
import { UNFINISHED } from './raw-file.ts'

/** A younger file may belong to a transaction that has not ended yet. */
const GRACE_MS = 24 * 60 * 60 * 1_000
/** Put aside to be removed; see `remove`. */
const ASIDE = `.swept${UNFINISHED}`
/** Names asked for in one query. */
const PAGE = 1_000

/**
 * Removes files that no row names: what a crash left between file and row, and what retention has erased. Files younger
 * than a day stay. Returns how many were removed.
 */
export async function sweepRaw(db: Kysely<Database>, directory: string | null, now: Date): Promise<number> {
  if (directory === null) return 0
  const before = after(now, -GRACE_MS)
  let removed = 0
  for (const folder of await entriesOf(directory)) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue
    const old = await candidates(before, join(directory, folder))
    for (let at = 0; at < old.length; at += PAGE) {
      const page = old.slice(at, at + PAGE)
      const named = await namedIn(
        db,
        page.map((name) => sha256Of(folder, name)).filter((sha) => sha !== null),
      )
      for (const name of page) {
        const sha256 = sha256Of(folder, name)
        const path = join(directory, folder, name)
        if (sha256 !== null && named.has(sha256)) await putBack(path)
        else if (await remove(path, before)) removed += 1
      }
    }
  }
  return removed
}

/** The SHA-256 that a file is named after; null for one that was never finished. */
function sha256Of(folder: string, name: string): string | null {
  const whole = name.endsWith(ASIDE) ? name.slice(0, -ASIDE.length) : name
  const rest = /^([0-9a-f]{62})\.eml$/.exec(whole)?.[1]
  return rest === undefined ? null : folder + rest
}

/** Those that may be removed, and those that somebody has put aside, whatever their age. */
async function candidates(before: Date, folder: string): Promise<string[]> {
  const old: string[] = []
  for (const name of await entriesOf(folder)) {
    if (!/^[0-9a-f]{62}\.eml/.test(name)) continue
    const found = await stat(join(folder, name)).catch(() => null)
    if (found !== null && (found.mtime < before || name.endsWith(ASIDE))) old.push(name)
  }
  return old
}

async function namedIn(db: Kysely<Database>, sha256s: string[]): Promise<Set<string>> {
  if (sha256s.length === 0) return new Set()
  const rows = await db
    .selectFrom('inboundMessage')
    .select('rawSha256')
    .where('rawSha256', 'in', sha256s)
    .where('raw', 'is', null)
    .where('erasedAt', 'is', null)
    .execute()
  return new Set(rows.map(({ rawSha256 }) => rawSha256))
}

/**
 * Puts the file aside before it is removed: the same message may have come again since it was looked at, and then its
 * file, which `keepRaw` wrote anew, is put back.
 */
async function remove(path: string, before: Date): Promise<boolean> {
  const aside = path.endsWith(UNFINISHED) ? path : `${path}${ASIDE}`
  try {
    await rename(path, aside)
    if ((await stat(aside)).mtime < before) {
      await rm(aside)
      return true
    }
    await rename(aside, path)
  } catch (error) {
    ignoreAbsent(error as NodeJS.ErrnoException)
  }
  return false
}

/** A file that a sweep put aside and, killed, never put back. */
async function putBack(path: string): Promise<void> {
  if (!path.endsWith(ASIDE)) return
  await rename(path, path.slice(0, -ASIDE.length)).catch(ignoreAbsent)
}

/** Another server sweeps the same directory. */
function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** Empty for a directory that is not there (yet). */
async function entriesOf(directory: string): Promise<string[]> {
  return readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}
