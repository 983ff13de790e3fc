/**
 * One process at a time per data directory: PGlite has no lock of its own, and two processes on one database destroy
 * it without a word. The lock is a file that names its holder; what it says decides, never that it is there, so a
 * killed process leaves nothing to clean up.
 */
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { OperatorError } from '../lib/operator-error.ts'
import { isAlive, ownIdentity } from './process-identity.ts'

export interface DataDirectoryLock {
  /** Tells the command line where the running server listens and how to sign in to it, in a file for our user only. */
  publish(server: RunningServer): Promise<void>
  release(): Promise<void>
}

export interface RunningServer {
  /** On loopback. */
  url: string
  /** Good for this run only. */
  token: string
}

export interface LockHolder {
  pid: number
  /** Null until the holder has published one; a command has none. */
  server: RunningServer | null
}

const contentSchema = z.object({
  id: z.string(),
  pid: z.int(),
  startedAt: z.string().nullable(),
  namespace: z.string().nullable(),
  server: z.object({ url: z.string(), token: z.string() }).nullable(),
})

type Content = z.infer<typeof contentSchema>

/** The holder touches its file so often, for those who cannot see its process (another container). */
const TOUCH_MS = 5_000
/** A lock of another container that was not touched for so long belongs to a dead one. */
const UNTOUCHED_MS = 30_000
/** Ends a fight over one stale lock; each round, one of the fighters wins. */
const MAX_ROUNDS = 50

/**
 * Takes the lock, making the directory when there is none. Throws `OperatorError` naming the process that has it.
 */
export async function acquireLock(dataDirectory: string): Promise<DataDirectoryLock> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  const path = lockPath(dataDirectory)
  let content: Content = { id: randomBytes(16).toString('hex'), ...ownIdentity(), server: null }
  await claim(path, content)
  const touching = setInterval(() => touch(path, content), TOUCH_MS)
  touching.unref()
  return {
    async publish(server) {
      content = { ...content, server }
      await withDraft(path, content, (draft) => rename(draft, path))
    },
    async release() {
      clearInterval(touching)
      if ((await read(path))?.id === content.id) await rm(path)
    },
  }
}

/** Who has the directory now; null when nobody does. */
export async function readLock(dataDirectory: string): Promise<LockHolder | null> {
  const path = lockPath(dataDirectory)
  const content = await read(path)
  if (!content || (await isStale(path, content))) return null
  return { pid: content.pid, server: content.server }
}

function lockPath(dataDirectory: string): string {
  return join(dataDirectory, 'lock.json')
}

/**
 * Puts our file in place. A stale one is replaced under a second lock, taken by this same function: two starters could
 * otherwise both find it stale, and the slower one would replace the lock of the faster.
 */
async function claim(path: string, ours: Content): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (await linkNew(path, ours)) return
    const theirs = await read(path)
    if (!theirs) continue
    if (!(await isStale(path, theirs))) throw inUse(path, theirs)
    const takeover = `${path}.takeover`
    try {
      await claim(takeover, ours)
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error
      // Somebody else is replacing it at this moment, and will have the lock.
      await sleep(10)
      continue
    }
    try {
      // Only who has the takeover may replace a stale lock, so what is read here stays true until the rename.
      if ((await read(path))?.id === theirs.id) {
        await withDraft(path, ours, (draft) => rename(draft, path))
        return
      }
    } finally {
      await rm(takeover)
    }
  }
  throw new OperatorError('lock-contended', { path })
}

/** Creates the file with its whole content in one step; false when there is one. */
async function linkNew(path: string, content: Content): Promise<boolean> {
  return withDraft(path, content, async (draft) => {
    try {
      await link(draft, path)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    }
  })
}

async function withDraft<T>(path: string, content: Content, use: (draft: string) => Promise<T>): Promise<T> {
  const draft = `${path}.${randomBytes(8).toString('hex')}`
  await writeFile(draft, JSON.stringify(content), { mode: 0o600, flag: 'wx' })
  try {
    return await use(draft)
  } finally {
    await rm(draft, { force: true })
  }
}

async function isStale(path: string, content: Content): Promise<boolean> {
  const alive = isAlive(content)
  if (alive !== null) return !alive
  const file = await stat(path).catch(() => null)
  return file !== null && Date.now() - file.mtimeMs > UNTOUCHED_MS
}

async function read(path: string): Promise<Content | null> {
  try {
    return contentSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new OperatorError('lock-malformed', { path }, { cause: error })
  }
}

/**
 * Crashes the process when another one has the lock: this one was stopped for so long (a suspended container) that it
 * was taken for dead, and whatever it would still write would destroy the database.
 */
async function touch(path: string, ours: Content): Promise<void> {
  const found = await read(path)
  if (found && found.id !== ours.id) throw inUse(path, found)
  const now = new Date()
  // A directory that was taken away shows in the database's own errors.
  await utimes(path, now, now).catch(() => undefined)
}

function inUse(path: string, holder: Content): OperatorError {
  const elsewhere = holder.namespace !== ownIdentity().namespace
  return new OperatorError(elsewhere ? 'lock-held-elsewhere' : 'lock-held', { pid: holder.pid, path })
}
