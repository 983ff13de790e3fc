/** What pg-boss runs its SQL on: transactions of ours on both databases, and the one connection of PGlite. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery, type Kysely } from 'kysely'
import type { Db } from 'pg-boss'
import type { Database } from '../store/schema.ts'
import type { PgliteStore } from '../store/store.ts'

/** SQL inside a transaction of ours. */
export function transactionDatabase(tx: Kysely<Database>): Db {
  // pg-boss names its columns itself: our camel-case plugin must not rename them.
  const plain = tx.withoutPlugins()
  return {
    async executeSql(text, values = []) {
      const { rows } = await plain.executeQuery(CompiledQuery.raw(text, values))
      return { rows: [...rows] }
    },
  }
}

export interface PgliteJobDatabase extends Db {
  /** Runs a call of pg-boss inside an open transaction, its own look-ups too: there is no second connection for them. */
  within<T>(tx: Kysely<Database>, call: () => Promise<T>): Promise<T>
}

/**
 * SQL on PGlite, each call taking its turn on the only connection. Not pg-boss's `fromPglite`, which would speak into
 * the middle of whatever transaction is open.
 */
export function pgliteJobDatabase({ pool, lite }: PgliteStore): PgliteJobDatabase {
  const open = new AsyncLocalStorage<Db>()

  return {
    within: (tx, call) => open.run(transactionDatabase(tx), call),
    async executeSql(text, values) {
      const inside = open.getStore()
      if (inside) return inside.executeSql(text, values)
      const client = await pool.connect()
      try {
        return await client.query(text, values)
      } catch (error) {
        // Blocks of several statements hold their own BEGIN. A server would drop the connection with its transaction;
        // this one lives on and must not stay in a failed one.
        await client.query('rollback').catch(() => undefined)
        throw error
      } finally {
        client.release()
      }
    },
    async listen(channel, onNotification, onReconnect) {
      const unlisten = await whileIdle(() => lite.listen(channel, onNotification))
      onReconnect()
      return { close: () => whileIdle(() => unlisten()) }
    },
  }

  /** LISTEN belongs to the transaction that is open when it comes, and would go with its rollback. */
  async function whileIdle<T>(use: () => Promise<T>): Promise<T> {
    const client = await pool.connect()
    try {
      return await use()
    } finally {
      client.release()
    }
  }
}
