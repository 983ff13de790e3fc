import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPglite } from '../../test/support/databases.ts'
import { newId } from '../lib/new-id.ts'
import type { Store } from './store.ts'
import { vacuumChanged } from './vacuum-changed.ts'

let store: Store
beforeAll(async () => {
  store = await openTestPglite()
})
afterAll(() => store.close())

test('a table that changed much is vacuumed and analyzed, once', async () => {
  const groups = Array.from({ length: 200 }, (_, index) => ({ id: newId(), name: `group ${index}` }))
  await store.db.insertInto('peopleGroup').values(groups).execute()
  await store.db.deleteFrom('peopleGroup').where('name', '<', 'group 5').execute()
  await expect.poll(() => vacuumChanged(store.pool), { timeout: 20_000 }).toContain('public.people_group')
  expect(await vacuumChanged(store.pool)).not.toContain('public.people_group')
  const { rows } = await store.pool.query("select reltuples from pg_class where relname = 'people_group'")
  const { count } = await store.db
    .selectFrom('peopleGroup')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(rows[0].reltuples).toBe(count)
})
