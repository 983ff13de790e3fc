import { sql } from 'kysely'
import { describe, expect, inject, test } from 'vitest'
import { openTestPostgres } from '../../test/support/databases.ts'

// PGlite lives in this process and has no connection to lose; skipped where no PostgreSQL is found, which the run says.
describe.skipIf('missing' in inject('databases').postgres)('a connection to PostgreSQL', () => {
  test('that is lost within a transaction fails the transaction, and not the process', async () => {
    const store = await openTestPostgres()
    if (store.kind !== 'postgres') throw new Error('not PostgreSQL')
    const transaction = store.db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      const [own] = rows
      const client = await store.pool.connect()
      await client.query('select pg_terminate_backend($1, 10000)', [own?.pid])
      client.release()
      await sql`select 1`.execute(tx)
    })
    await expect(transaction).rejects.toThrow()
    const { rows } = await store.pool.query('select 1 as one')
    expect(rows).toEqual([{ one: 1 }])
    await store.close()
  })
})
