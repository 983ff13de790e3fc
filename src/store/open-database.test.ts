import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { newId } from '../lib/new-id.ts'
import { migrate } from './migrate.ts'
import type { Store } from './store.ts'

describeOnBothDatabases('an open database', (open) => {
  let store: Store
  beforeAll(async () => {
    store = await open()
  })

  test('migrating twice changes nothing', async () => {
    await migrate(store)
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(store.db)
    expect(rows).toEqual([{ name: '0001-initial' }])
  })

  test('counts are numbers, times are dates, documents keep their keys', async () => {
    const { rows } = await sql`
      select count(*) as how_many, timestamptz '2026-11-24T08:00:00.123+01' as at, json '{"cost_center": 1}' as document
    `.execute(store.db)
    expect(rows).toEqual([
      { howMany: 1, at: new Date('2026-11-24T07:00:00.123Z'), document: { cost_center: 1 } },
    ])
  })

  test('a sum that a number cannot hold is an error', async () => {
    await expect(sql`select 9007199254740993::int8`.execute(store.db)).rejects.toThrow('no safe integer')
    expect((await sql`select 1 as one`.execute(store.db)).rows).toEqual([{ one: 1 }])
  })

  test('a document takes what jsonb refuses', async () => {
    const hostile = { text: 'a\u0000b \ud800' }
    const { rows } = await sql`select ${JSON.stringify(hostile)}::json as document`.execute(store.db)
    expect(rows).toEqual([{ document: hostile }])
  })

  test('octets come back as they went in', async () => {
    const raw = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256))
    const { rows } = await sql<{ raw: Buffer }>`select ${raw}::bytea as raw`.execute(store.db)
    expect(rows[0]?.raw.equals(raw)).toBe(true)
  })

  test('a transaction that fails leaves nothing', async () => {
    const id = newId()
    const failed = store.db.transaction().execute(async (tx) => {
      await tx.insertInto('peopleGroup').values({ id, name: 'buyers' }).execute()
      await tx.insertInto('peopleGroup').values({ id, name: 'again' }).execute()
    })
    await expect(failed).rejects.toMatchObject({ code: '23505' })
    expect(await store.db.selectFrom('peopleGroup').selectAll().execute()).toEqual([])
  })

  test('transactions beside one another all end', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `group ${index}`)
    const insert = (name: string) =>
      store.db.transaction().execute(async (tx) => {
        await tx.insertInto('peopleGroup').values({ id: newId(), name }).execute()
        await sql`select 1`.execute(tx)
      })
    await Promise.all(names.map(insert))
    const stored = await store.db.selectFrom('peopleGroup').select('name').execute()
    expect(stored.map(({ name }) => name).sort()).toEqual(names.sort())
  })
})
