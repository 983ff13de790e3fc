import pg from 'pg'
import type { Log } from '../lib/log.ts'
import { OperatorError } from '../lib/operator-error.ts'
import { kyselyOver } from './kysely-over.ts'
import { parseValues } from './parse-values.ts'
import type { PostgresStore } from './store.ts'

const OLDEST_MAJOR = 15
const MAX_CONNECTIONS = 16
const CONNECT_TIMEOUT_MS = 10_000

/**
 * Opens a PostgreSQL server. Throws `OperatorError` when it cannot be reached, refuses us or is too old. The message
 * never holds the URL, which holds the password.
 */
export async function openPostgres({
  databaseUrl,
  log,
}: {
  databaseUrl: string
  log: Log
}): Promise<PostgresStore> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'countersign',
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: parseValues,
  })
  // A lost connection is replaced, and what was under way on it has failed. The pool listens only while one is idle: without
  // a listener of its own, one that breaks between two statements of a transaction would take the process with it.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ err: error }, 'a database connection was lost'))
  })
  // The same of an idle one, which has been told above.
  pool.on('error', () => {})
  const db = kyselyOver(pool)
  try {
    await checkVersion(pool)
    await warnUnlessDurable(pool, log)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return { kind: 'postgres', db, pool, close: () => db.destroy() }
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  let version: number
  try {
    const { rows } = await pool.query('show server_version_num')
    version = Number(rows[0].server_version_num)
  } catch (error) {
    throw new OperatorError('postgresql-closed', { reason: reason(error) }, { cause: error })
  }
  const major = Math.floor(version / 10_000)
  if (major < OLDEST_MAJOR) {
    throw new OperatorError('postgresql-too-old', { version: major, oldest: OLDEST_MAJOR })
  }
}

/**
 * Whether a commit waits for the disk is the administrator's to decide: a replica may make up for it. That it does not
 * is said at each start, because a power cut may then take back decisions that people were told of.
 */
async function warnUnlessDurable(pool: pg.Pool, log: Log): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`,
  )
  if (rows.length === 0) return
  const settings = rows.map(({ name }) => name)
  log.warn({ settings }, 'PostgreSQL does not keep commits through a power cut: these settings are off')
}

/** `localhost` has two addresses: when both fail Node throws an AggregateError, whose own message is empty. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ')
  return error instanceof Error ? error.message : String(error)
}
