/** An open database, whichever of the two it is. Types only. */
import type { PGlite } from '@electric-sql/pglite'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { DataDirectoryLock } from './data-directory-lock.ts'
import type { Database } from './schema.ts'

interface OpenDatabase {
  readonly db: Kysely<Database>
  /** The connections under `db`, for code that speaks to `pg` itself. */
  readonly pool: Pool
  /** Waits for running queries, then closes. */
  close(): Promise<void>
}

export interface PostgresStore extends OpenDatabase {
  readonly kind: 'postgres'
}

/**
 * The embedded database: one process, **one connection**. A query through `db` waits until the open transaction ends,
 * so inside a transaction everything goes through its `tx`: anything else waits in vain.
 */
export interface PgliteStore extends OpenDatabase {
  readonly kind: 'pglite'
  readonly lite: PGlite
  /** Held until `close`; null for a database in memory, which nobody else can open. */
  readonly lock: DataDirectoryLock | null
}

export type Store = PostgresStore | PgliteStore
