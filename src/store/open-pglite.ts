import { existsSync } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import pg from 'pg'
import type { Log } from '../lib/log.ts'
import { acquireLock, type DataDirectoryLock } from './data-directory-lock.ts'
import { DurableFileSystem } from './durable-file-system.ts'
import { kyselyOver } from './kysely-over.ts'
import { parseValues } from './parse-values.ts'
import { proveDurability } from './prove-durability.ts'
import type { PgliteStore } from './store.ts'
import { vacuumChanged } from './vacuum-changed.ts'

const START_PARAMETERS = [
  // PGlite's defaults but for -F, which switches fsync off.
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  // The one method that ends in the file system's fsync; the others end in calls that Emscripten leaves empty.
  ...['-c', 'wal_sync_method=fsync'],
  // The default of 128 MB is memory of this process; 16 MB is enough and halves what it takes.
  ...['-c', 'shared_buffers=16MB'],
]

/** A query waiting this long for the only connection means a transaction that never ends: a bug, told as an error. */
const CONNECTION_WAIT_MS = 60_000

const VACUUM_MS = 60_000

/**
 * Opens the embedded database in `<dataDirectory>/database`, making it when there is none, under the directory's lock.
 * Throws `OperatorError` when another process has the directory, or when a commit does not reach the disk.
 */
export async function openPglite({
  dataDirectory,
  log,
}: {
  dataDirectory: string
  log: Log
}): Promise<PgliteStore> {
  const lock = await acquireLock(dataDirectory)
  try {
    const directory = join(dataDirectory, 'database')
    if (!existsSync(directory)) await createCluster(directory)
    const fileSystem = new DurableFileSystem(directory)
    const lite = await PGlite.create({ fs: fileSystem, startParams: START_PARAMETERS })
    await proveDurability(lite, fileSystem).catch(async (error) => {
      await lite.close()
      throw error
    })
    return pgliteStore({ lite, lock, log })
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** A store over an open PGlite, which it closes with itself. */
export function pgliteStore(options: {
  lite: PGlite
  lock: DataDirectoryLock | null
  log: Log
}): PgliteStore {
  const { lite, lock, log } = options
  const pool = new pg.Pool({
    ...createPgConfig(lite),
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
    types: parseValues,
  } as pg.PoolConfig)
  pool.on('error', (error) => log.error({ err: error }, 'the embedded database failed'))
  const db = kyselyOver(pool)
  const vacuuming = setInterval(() => {
    vacuumChanged(pool).catch((error) => {
      if (!pool.ending) log.error({ err: error }, 'vacuuming the embedded database failed')
    })
  }, VACUUM_MS)
  vacuuming.unref()
  return {
    kind: 'pglite',
    db,
    pool,
    lite,
    lock,
    async close() {
      clearInterval(vacuuming)
      await db.destroy()
      await lite.close()
      await lock?.release()
    },
  }
}

/**
 * Makes a new database beside its place and moves it there when it is whole: a first start that is interrupted leaves
 * nothing that looks like a database.
 */
async function createCluster(directory: string): Promise<void> {
  const unfinished = `${directory}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  const lite = await PGlite.create({
    fs: new DurableFileSystem(unfinished),
    startParams: START_PARAMETERS,
  })
  await lite.close()
  // initdb's files were copied in from memory, without fsync.
  await syncTree(unfinished)
  await rename(unfinished, directory)
  await sync(dirname(directory))
}

async function syncTree(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    await (entry.isDirectory() ? syncTree(path) : sync(path))
  }
  await sync(directory)
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
