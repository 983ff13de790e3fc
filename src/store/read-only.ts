import type { Kysely } from 'kysely'
import type { Tx } from './context.ts'
import type { Database } from './schema.ts'

/** Runs queries in a transaction in which the database refuses to write anything (SQLSTATE 25006). */
export type ReadOnly = <Value>(use: (tx: Tx) => Promise<Value>) => Promise<Value>

/** What only looks is given this in place of the database: it cannot write, whatever it calls. */
export function readOnly(db: Kysely<Database>): ReadOnly {
  return (use) => db.transaction().setAccessMode('read only').execute(use)
}
