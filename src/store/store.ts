/** An open database, whichever of the two it is. Types only. */
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { Database } from './schema.ts'

export interface Store {
  /** `pglite` is the embedded database: one process, **one connection**. */
  readonly kind: 'postgres' | 'pglite'
  /**
   * On PGlite a query through `db` waits until the open transaction ends, so inside a transaction everything goes
   * through its `tx`: anything else waits for ever.
   */
  readonly db: Kysely<Database>
  /** The same connections, for code that speaks to `pg` itself. */
  readonly pool: Pool
  /** LISTEN on a channel until closed. `onSubscribed` is called after every (re)connection: look for what was missed. */
  listen(
    channel: string,
    onNotification: (payload: string) => void,
    onSubscribed: () => void,
  ): Promise<Subscription>
  /** Waits for running queries, then closes. */
  close(): Promise<void>
}

export interface Subscription {
  close(): Promise<void>
}
