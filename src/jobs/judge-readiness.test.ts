import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { describeOnBothDatabases, openTestPostgres } from '../../test/support/databases.ts'
import { eventually } from '../../test/support/eventually.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { after } from '../lib/clock.ts'
import { createLog } from '../lib/log.ts'
import type { Store } from '../store/store.ts'
import { judgeReadiness } from './judge-readiness.ts'
import { createQueue } from './queue.ts'

const MINUTE_MS = 60_000
const works = [
  { name: 'database', problems: [] },
  { name: 'queue', problems: [] },
  { name: 'mailboxes', problems: [], warnings: [] },
]

describeOnBothDatabases('the job queue', (open) => {
  let store: Store
  let floor: JobFloor
  beforeEach(async () => {
    store = await open()
    floor = await openJobFloor(store)
  })
  afterEach(() => floor.close())

  test('is taken for stalled when no job ran for five minutes, but not right after the start', async () => {
    const startedAt = floor.now()
    floor.wait(5 * MINUTE_MS - 1)
    expect(await judgeReadiness(floor.context, startedAt)).toEqual(works)
    floor.wait(1)
    expect(await judgeReadiness(floor.context, startedAt)).toEqual(
      works.with(1, { name: 'queue', problems: [{ code: 'queue-stalled' } as never] }),
    )

    const queue = await createQueue({ store, log: createLog('silent') })
    await queue.work('resume-due', { batchSize: 2, concurrency: 1 }, async (jobs) =>
      jobs.map(() => ({ outcome: 'done' as const })),
    )
    await floor.context.db
      .transaction()
      .execute((tx) => queue.enqueue(tx, { name: 'resume-due', payload: {} }))
    await eventually(async () => expect(await judgeReadiness(floor.context, startedAt)).toEqual(works))
    await queue.stop()
  })
})

describe.skipIf('missing' in inject('databases').postgres)('the database', () => {
  test('that nobody gets into is told, and that it is there again', async () => {
    const store = await openTestPostgres()
    const floor = await openJobFloor(store)
    if (store.kind !== 'postgres') throw new Error('not PostgreSQL')
    const url = new URL(store.pool.options.connectionString ?? '')
    const name = url.pathname.slice(1)
    url.pathname = '/postgres'
    const administration = new pg.Client(url.href)
    await administration.connect()
    const startedAt = after(floor.now(), -MINUTE_MS)

    await administration.query(`alter database "${name}" allow_connections false`)
    await administration.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      name,
    ])
    const down = [{ name: 'database', problems: [{ code: 'database-unreachable' }] }]
    await eventually(async () => expect(await judgeReadiness(floor.context, startedAt)).toEqual(down))

    await administration.query(`alter database "${name}" allow_connections true`)
    await eventually(async () => expect(await judgeReadiness(floor.context, startedAt)).toEqual(works))
    await administration.end()
    await floor.close()
    await store.close()
  })
})
