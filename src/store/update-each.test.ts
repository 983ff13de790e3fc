import { beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { type Purchases, purchasesOn } from '../../test/support/purchases.ts'
import { openSampleApi, type SampleApi } from '../../test/support/sample-api.ts'
import { updateEach } from './update-each.ts'

describeOnBothDatabases('rows that each get their own values', (open) => {
  let api: SampleApi
  let purchases: Purchases

  beforeAll(async () => {
    api = await openSampleApi(await open())
    purchases = purchasesOn(api.context)
    return () => api.close()
  })

  async function twoRequests() {
    await purchases.fileForFinance()
    await purchases.fileForFinance()
    const rows = await api.context.db
      .selectFrom('request')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(2)
      .execute()
    const [second, first] = rows
    if (!first || !second) throw new Error('two requests were filed')
    return [first, second] as const
  }

  const load = (id: number) =>
    api.context.db.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  test('take dates, JSON and null, and leave the other columns', async () => {
    const [first, second] = await twoRequests()
    const closedAt = new Date('2026-11-25T09:00:00.123Z')
    const changed = await updateEach(api.context.db, 'request', [
      { id: first.id, status: 'completed', closedAt, data: { itemName: 'Chair "A"' }, ending: 'refused' },
      { id: second.id, status: 'open', closedAt: null, data: {}, ending: null },
    ])
    expect(changed).toEqual(new Set([first.id, second.id]))
    expect(await load(first.id)).toEqual({
      ...first,
      status: 'completed',
      closedAt,
      data: { itemName: 'Chair "A"' },
      ending: 'refused',
    })
    expect(await load(second.id)).toEqual({ ...second, data: {} })
  })

  test('are left alone when they are not as they should be', async () => {
    const [first, second] = await twoRequests()
    await updateEach(api.context.db, 'request', [{ id: first.id, status: 'cancelled', closedAt: new Date() }])
    const changed = await updateEach(
      api.context.db,
      'request',
      [first, second].map(({ id }) => ({ id, title: 'Another' })),
      { status: 'open' },
    )
    expect(changed).toEqual(new Set([second.id]))
    expect((await load(first.id)).title).toBe(first.title)
  })

  test('must set the same columns', async () => {
    const [first, second] = await twoRequests()
    const changes = [
      { id: first.id, ending: 'approved' },
      { id: second.id, ending: 'approved', title: 'Another' },
    ]
    await expect(updateEach(api.context.db, 'request', changes)).rejects.toThrow('different columns')
  })
})
