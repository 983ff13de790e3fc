import type { Store } from '../../src/store/store.ts'
import type { Statement } from './observe-statements.ts'

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: Plan[]
  'Actual Rows': number
  'Rows Removed by Filter'?: number
}

/** Tables of which PostgreSQL goes through more than `most` rows for this statement: no index leads to them. */
export async function tablesReadWhole(
  store: Store,
  { text, values }: Statement,
  most: number,
): Promise<string[]> {
  const { rows } = await store.pool.query(`explain (analyze, format json) ${text}`, values)
  const answer = rows[0]['QUERY PLAN']
  const [{ Plan: plan }] = typeof answer === 'string' ? JSON.parse(answer) : answer
  return [...nodesOf(plan)]
    .filter((node) => node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) > most)
    .flatMap((node) => node['Relation Name'] ?? [])
}

function* nodesOf(plan: Plan): Generator<Plan> {
  yield plan
  for (const below of plan.Plans ?? []) yield* nodesOf(below)
}
