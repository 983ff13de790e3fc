import type { Log } from '../lib/log.ts'
import { openPglite } from './open-pglite.ts'
import { openPostgres } from './open-postgres.ts'
import type { Store } from './store.ts'

/**
 * Opens the database: PostgreSQL 15 or newer where a URL is given, the embedded PGlite in the data directory
 * otherwise. Runs no migrations. Throws `OperatorError` with the mend when it cannot.
 */
export function openDatabase(config: {
  databaseUrl: string | null
  dataDirectory: string
  log: Log
}): Promise<Store> {
  const { databaseUrl, dataDirectory, log } = config
  return databaseUrl === null ? openPglite({ dataDirectory, log }) : openPostgres({ databaseUrl, log })
}
