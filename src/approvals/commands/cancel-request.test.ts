import { sql, type Transaction } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openTestPostgres } from '../../../test/support/databases.ts'
import { eventually } from '../../../test/support/eventually.ts'
import { type Purchases, purchasesOn } from '../../../test/support/purchases.ts'
import { openSampleApi, people, type SampleApi } from '../../../test/support/sample-api.ts'
import type { Database } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { cancelRequest } from './cancel-request.ts'

// PGlite has one connection: two transactions never meet there.
describe.skipIf('missing' in inject('databases').postgres)('cancelling while others decide', () => {
  let store: Store
  let api: SampleApi
  let purchases: Purchases
  beforeAll(async () => {
    store = await openTestPostgres()
    api = await openSampleApi(store)
    purchases = purchasesOn(api.context)
  })
  afterAll(async () => {
    await api.close()
    await store.close()
  })

  /** A transaction that stays open after its work, which nobody else sees, until it is told to commit. */
  function hold<T>(work: (tx: Transaction<Database>) => Promise<T>) {
    const commit = Promise.withResolvers<void>()
    const worked = Promise.withResolvers<T>()
    const ended = store.db.transaction().execute(async (tx) => {
      worked.resolve(await work(tx))
      await commit.promise
    })
    ended.catch(worked.reject)
    return {
      worked: worked.promise,
      async commit() {
        commit.resolve()
        await ended
      },
    }
  }

  /** How many connections wait for a lock. */
  async function blocked(): Promise<number> {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::integer as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
    `.execute(store.db)
    return rows[0]?.waiting ?? 0
  }

  const waitForBlocked = (count: number) => eventually(async () => expect(await blocked()).toBe(count))

  test.each([
    ['completes the request', 'YES'],
    ['opens another action', 'MODIFY'],
  ])('of a decision that %s and a cancellation at once, one wins', async (_, result) => {
    const requestId = await purchases.file()
    const [first] = await purchases.actionsOf(requestId)
    const firstId = first?.id ?? ''
    const firstDecision = hold((tx) => purchases.decide(tx, firstId, people.manager))
    await firstDecision.worked
    // Who locks actions alone queues here behind the first decision, and goes on when the second one is under way.
    const gate = hold((tx) =>
      tx.selectFrom('action').select('id').where('id', '=', firstId).forUpdate().execute(),
    )
    await waitForBlocked(1)
    let settled = false
    const cancelling = cancelRequest(api.context, {
      requestId,
      actor: { id: await purchases.idOf(people.requester), role: 'member' },
      comment: '',
    })
      .then(
        () => 'cancelled',
        (error) => error.code,
      )
      .finally(() => {
        settled = true
      })
    await waitForBlocked(2)
    await firstDecision.commit()
    await gate.worked

    const [, second] = await purchases.actionsOf(requestId)
    const secondDecision = hold((tx) => purchases.decide(tx, second?.id ?? '', people.finance, result))
    const { outcome } = await secondDecision.worked
    await gate.commit()
    await eventually(async () => {
      if (!settled) expect(await blocked()).toBe(1)
    })
    await secondDecision.commit()

    const cancelled = await cancelling
    const { status, ending } = await store.db
      .selectFrom('request')
      .select(['status', 'ending'])
      .where('id', '=', requestId)
      .executeTakeFirstOrThrow()
    expect([
      { cancelled: 'cancelled', outcome: 'action-closed', status: 'cancelled', ending: null },
      // The second action was decided before, and what it opened was cancelled with the request.
      { cancelled: 'cancelled', outcome: 'decided', status: 'cancelled', ending: null },
      { cancelled: 'request-closed', outcome: 'decided', status: 'completed', ending: 'approved' },
    ]).toContainEqual({ cancelled, outcome, status, ending })
    const ends = await store.db
      .selectFrom('auditEntry')
      .select('kind')
      .where('requestId', '=', requestId)
      .where('kind', 'in', ['request-completed', 'request-cancelled'])
      .execute()
    expect(ends).toEqual([{ kind: `request-${status}` }])
    expect((await purchases.actionsOf(requestId)).filter((action) => action.status === 'open')).toEqual([])
  })
})
