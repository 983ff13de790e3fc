import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { insertSampleProcess, insertSampleRequest } from '../../test/support/sample-process.ts'
import { appendAudit, verifyAudit } from './audit.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Store } from './store.ts'

const at = new Date('2026-11-24T08:00:00.123Z')

describeOnBothDatabases('the audit chain', (open) => {
  let store: Store
  let sample: Awaited<ReturnType<typeof insertSampleProcess>>

  beforeAll(async () => {
    store = await open()
    sample = await insertSampleProcess(store)
  })
  beforeEach(async () => {
    await sql`truncate audit_entry`.execute(store.db)
    await store.db.deleteFrom('request').execute()
  })

  const newRequest = () => insertSampleRequest(store, sample)

  function append(requestId: number, payload: object): Promise<void> {
    return store.db
      .transaction()
      .execute((tx) =>
        appendAudit(tx, { requestId, at, kind: 'action-decided', actorId: sample.personId, payload }),
      )
  }

  test('an untouched chain verifies, whatever its payloads', async () => {
    const requestId = await newRequest()
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (payload) =>
        append(requestId, payload),
      ),
      { numRuns: 30 },
    )
    await append(requestId, {
      at,
      absent: undefined,
      nothing: null,
      hostile: '\u0000 \ud800',
      '10': 1,
      '9': 2,
    })
    expect(await verifyAudit(store.db)).toEqual({ entries: 31, requests: 1, broken: [] })
  })

  test('entries written at the same time take their turns', async () => {
    const [first, second] = [await newRequest(), await newRequest()]
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => append(index % 3 === 0 ? first : second, { index })),
    )
    expect(await verifyAudit(store.db)).toEqual({ entries: 30, requests: 2, broken: [] })
    expect(await verifyAudit(store.db, { requestId: first })).toEqual({
      entries: 10,
      requests: 1,
      broken: [],
    })
  })

  test('a transaction that fails leaves no entry, and no gap', async () => {
    const requestId = await newRequest()
    const failed = store.db.transaction().execute(async (tx) => {
      await appendAudit(tx, { requestId, at, kind: 'action-decided', actorId: null, payload: {} })
      throw new Error('after all not')
    })
    await expect(failed).rejects.toThrow('after all not')
    await append(requestId, {})
    expect(await verifyAudit(store.db)).toEqual({ entries: 1, requests: 1, broken: [] })
  })

  test('there is no chain without its request', async () => {
    await expect(append(4_711, {})).rejects.toThrow('a request that does not exist')
  })

  test('more entries than one page', async () => {
    const requestId = await newRequest()
    await store.db.transaction().execute(async (tx) => {
      for (let index = 0; index < 2_100; index++) {
        await appendAudit(tx, { requestId, at, kind: 'action-commented', actorId: null, payload: { index } })
      }
    })
    expect(await verifyAudit(store.db)).toEqual({ entries: 2_100, requests: 1, broken: [] })
  })

  describe('that was tampered with', () => {
    const alterations = {
      at: sql`at + interval '1 millisecond'`,
      kind: sql`'action-commented'`,
      actor_id: sql`null`,
      payload: sql`'{"result":"NO"}'`,
      payload_digest: sql`repeat('a', 64)`,
      previous_digest: sql`repeat('a', 64)`,
      digest: sql`repeat('a', 64)`,
      sequence: sql`sequence + 100`,
      request_id: sql`(select max(id) from request)`,
    }

    test.each(Object.keys(alterations))('in its column %s is found', async (column) => {
      const requestId = await newRequest()
      for (const result of ['YES', 'YES', 'YES']) await append(requestId, { result })
      await newRequest()
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 3 }), async (sequence) => {
          const rollback = new Error('rollback')
          const altering = store.db.transaction().execute(async (tx) => {
            const alteration = alterations[column as keyof typeof alterations]
            await sql`update audit_entry set ${sql.raw(column)} = ${alteration} where sequence = ${sequence}`.execute(
              tx,
            )
            const { broken } = await verifyAudit(tx)
            expect(broken.filter(({ problem }) => problem !== 'chain-missing')).not.toEqual([])
            throw rollback
          })
          await expect(altering).rejects.toBe(rollback)
        }),
        { numRuns: 5 },
      )
    })

    test('by taking an entry out of the middle, or all of them', async () => {
      const requestId = await newRequest()
      for (let index = 0; index < 3; index++) await append(requestId, { index })
      await store.db.deleteFrom('auditEntry').where('sequence', '=', 2).execute()
      expect((await verifyAudit(store.db)).broken).toEqual([
        { requestId, sequence: 3, problem: 'chain-broken' },
      ])
      await store.db.deleteFrom('auditEntry').execute()
      expect((await verifyAudit(store.db)).broken).toEqual([
        { requestId, sequence: null, problem: 'chain-missing' },
      ])
    })

    test('erasing payloads is not tampering', async () => {
      const requestId = await newRequest()
      for (const result of ['YES', 'NO']) await append(requestId, { result })
      await store.db.updateTable('auditEntry').set({ payload: null }).where('sequence', '=', 1).execute()
      expect(await verifyAudit(store.db)).toEqual({ entries: 2, requests: 1, broken: [] })
    })
  })
})

describe('canonical JSON', () => {
  test('as in RFC 8785, sections 3.2.2 and 3.2.3', () => {
    const value = JSON.parse(`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`)
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    const keys = ['€', '\r', '\ufb33', '1', '😀', '\u0080', 'ö']
    const members = Object.fromEntries(keys.map((key) => [key, 0]))
    expect(canonicalJson(members)).toBe(
      `{${['\r', '1', '\u0080', 'ö', '€', '😀', '\ufb33'].map((key) => `${JSON.stringify(key)}:0`).join(',')}}`,
    )
  })

  test('the order of members never matters, and nothing else is lost', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value))
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain)
        expect(canonicalJson(reversed(plain))).toBe(canonicalJson(plain))
      }),
    )
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  )
}
