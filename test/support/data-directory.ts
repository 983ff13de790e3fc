import { cpSync, renameSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../src/lib/log.ts'
import { openPglite } from '../../src/store/open-pglite.ts'
import { onceForTheRun } from './once-for-the-run.ts'
import { prepareDatabase } from './prepare-database.ts'

/**
 * A data directory of its own whose embedded database is made and migrated, and otherwise empty: what a first start leaves
 * that was stopped before it made its keys. The caller removes it.
 */
export async function newDataDirectory(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `countersign-${name}-`))
  cpSync(await madeDatabase(), join(directory, 'database'), { recursive: true })
  return directory
}

/**
 * The embedded database that all others of the run are copied from; nobody opens it. Making one takes five seconds of a
 * processor, a copy a seventh of one.
 */
export const madeDatabase = (): Promise<string> => onceForTheRun('embedded-database', makeDatabase)

async function makeDatabase(path: string): Promise<void> {
  const log = createLog('silent')
  const dataDirectory = `${path}-data`
  const store = await openPglite({ dataDirectory, log })
  await prepareDatabase(store, log)
  await store.close()
  renameSync(join(dataDirectory, 'database'), path)
}
