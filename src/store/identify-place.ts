import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Store } from './store.ts'

/** PostgreSQL's `insufficient_privilege`. */
const NOT_ALLOWED = '42501'

/**
 * What tells the place that a database lives in from every place that a copy of it may be put into; null for one in
 * memory. Of the embedded database it is a file that is written once, by inode and birth: a copy has others. Of
 * PostgreSQL it is the cluster, the database in it and the table `installation`: a dump that is restored, be it into the
 * same database, makes all its tables anew. A physical copy keeps all three and is not told apart, for that is what a
 * standby is that takes over.
 */
export async function identifyPlace(store: Store, dataDirectory: string): Promise<string | null> {
  if (store.kind === 'pglite') {
    if (store.lock === null) return null
    const { ino, birthtimeMs } = await stat(join(dataDirectory, 'database', 'PG_VERSION'))
    return `file:${ino}:${Math.floor(birthtimeMs)}`
  }
  const { rows } = await sql<{ database: string; table: string }>`
    select oid::text as database, 'installation'::regclass::oid::text as table
    from pg_database where datname = current_database()
  `.execute(store.db)
  return `postgresql:${await clusterOf(store)}:${rows[0]?.database}:${rows[0]?.table}`
}

/** The cluster's identifier, which hosting providers may keep to themselves. */
async function clusterOf({ db }: Store): Promise<string> {
  try {
    const { rows } = await sql<{ id: string }>`
      select system_identifier::text as id from pg_control_system()
    `.execute(db)
    return rows[0]?.id ?? ''
  } catch (error) {
    if ((error as { code?: unknown }).code !== NOT_ALLOWED) throw error
    return 'unknown'
  }
}
