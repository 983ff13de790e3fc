import type { Store } from '../../src/store/store.ts'
import type { Statement } from './observe-statements.ts'

/**
 * How many pages of 8 kB the database goes through for a statement, by `explain (analyze, buffers)`: what it costs,
 * however busy the machine is.
 */
export async function pagesTouched(store: Store, { text, values }: Statement): Promise<number> {
  const { rows } = await store.pool.query(`explain (analyze, buffers, format json) ${text}`, values)
  const answer = rows[0]['QUERY PLAN']
  const [{ Plan: plan }] = typeof answer === 'string' ? JSON.parse(answer) : answer
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
}
