import { createLog } from '../../src/lib/log.ts'
import { openDatabase } from '../../src/store/open-database.ts'
import { configOf, type Place } from './place.ts'

/**
 * Single-row durable commits a second on a database opened as the product opens it: what the disk gives, beside which
 * replies a second are to be read. Throws unless every row is there.
 */
export async function measureBareCommits(
  place: Place,
  { count, connections }: { count: number; connections: number },
): Promise<number> {
  const store = await openDatabase({ ...configOf(place), log: createLog('error') })
  try {
    await store.pool.query('create table bare_commit (number integer primary key)')
    let next = 0
    const insert = async () => {
      while (next < count) await store.pool.query('insert into bare_commit values ($1)', [next++])
    }
    const start = performance.now()
    await Promise.all(Array.from({ length: connections }, insert))
    const seconds = (performance.now() - start) / 1_000
    const { rows } = await store.pool.query('select count(*)::int as count from bare_commit')
    if (rows[0].count !== count) throw new Error(`${rows[0].count} rows after ${count} commits`)
    await store.pool.query('drop table bare_commit')
    return count / seconds
  } finally {
    await store.close()
  }
}
