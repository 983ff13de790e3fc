import { once } from 'node:events'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { createLog } from '../lib/log.ts'
import { newId } from '../lib/new-id.ts'
import type { Tx } from '../store/context.ts'
import type { Store } from '../store/store.ts'
import { createQueue, type JobOutcome, type Queue } from './queue.ts'

const log = createLog('silent')
const done: JobOutcome = { outcome: 'done' }

describeOnBothDatabases('the job queue', (open) => {
  let store: Store
  let queue: Queue

  beforeAll(async () => {
    store = await open()
  })
  beforeEach(async () => {
    queue = await createQueue({ store, log })
    await store.pool.query('delete from pgboss.job')
  })
  afterEach(() => queue.stop())

  const inTransaction = (use: (tx: Tx) => Promise<void>) => store.db.transaction().execute(use)

  test('a job runs when its transaction commits', async () => {
    const seen = collector<string>()
    await queue.work('process-inbound', { batchSize: 10, concurrency: 1 }, async (payloads) => {
      for (const { inboundMessageId } of payloads) seen.add(inboundMessageId)
      return payloads.map(() => done)
    })
    const [kept, lost] = [newId(), newId()]
    const failed = inTransaction(async (tx) => {
      await queue.enqueue(tx, { name: 'process-inbound', payload: { inboundMessageId: lost } })
      throw new Error('after all not')
    })
    await expect(failed).rejects.toThrow('after all not')
    await inTransaction((tx) =>
      queue.enqueue(tx, { name: 'process-inbound', payload: { inboundMessageId: kept } }),
    )
    expect(await seen.atLeast(1)).toEqual([kept])
    expect(await statesOf('process-inbound')).not.toContain('created')
  })

  test('jobs of several queues are enqueued at once, and none is nothing', async () => {
    await inTransaction(async (tx) => {
      await queue.enqueue(tx, [])
      await queue.enqueue(tx, [
        { name: 'process-inbound', payload: { inboundMessageId: newId() } },
        { name: 'send-outbound', payload: { outboundMessageId: newId() } },
        { name: 'process-inbound', payload: { inboundMessageId: newId() } },
      ])
    })
    expect(await statesOf('process-inbound')).toEqual(['created', 'created'])
    expect(await statesOf('send-outbound')).toEqual(['created'])
  })

  test('jobs wait for a queue that is opened later', async () => {
    const ids = Array.from({ length: 25 }, () => newId())
    await inTransaction((tx) =>
      queue.enqueue(
        tx,
        ids.map((outboundMessageId) => ({ name: 'send-outbound', payload: { outboundMessageId } })),
      ),
    )
    await queue.stop()
    queue = await createQueue({ store, log })
    const seen = collector<string>()
    const sizes: number[] = []
    await queue.work('send-outbound', { batchSize: 10, concurrency: 1 }, async (payloads) => {
      sizes.push(payloads.length)
      for (const { outboundMessageId } of payloads) seen.add(outboundMessageId)
      return payloads.map(() => done)
    })
    expect((await seen.atLeast(25)).sort()).toEqual(ids.sort())
    expect(sizes).toEqual([10, 10, 5])
  })

  test('one mailbox is never received twice at a time, and news during a receive is not lost', async () => {
    const mailboxId = newId()
    const receive = () =>
      inTransaction((tx) => queue.enqueue(tx, { name: 'receive', payload: { mailboxId } }))
    const runs = collector<() => void>()
    let running = 0
    let most = 0
    await queue.work('receive', { batchSize: 10, concurrency: 2 }, async (payloads) => {
      running += payloads.length
      most = Math.max(most, running)
      await new Promise<void>((resolve) => runs.add(resolve))
      running -= payloads.length
      return payloads.map(() => done)
    })
    await receive()
    const [first] = await runs.atLeast(1)
    // Two more while it runs: one waits, the other adds nothing.
    await receive()
    await receive()
    // Another mailbox is not held up.
    await inTransaction((tx) => queue.enqueue(tx, { name: 'receive', payload: { mailboxId: newId() } }))
    await runs.atLeast(2)
    expect((await statesOf('receive')).sort()).toEqual(['active', 'active', 'created'])
    first?.()
    const all = await runs.atLeast(3)
    for (const end of all) end()
    await queue.stop()
    expect(await statesOf('receive')).toEqual(['completed', 'completed', 'completed'])
    expect(most).toBe(2)
  })

  test('one job that fails runs again, the others of its batch do not', async () => {
    const [good, bad] = [newId(), newId()]
    await inTransaction((tx) =>
      queue.enqueue(
        tx,
        [good, bad].map((inboundMessageId) => ({ name: 'process-inbound', payload: { inboundMessageId } })),
      ),
    )
    const seen = collector<string>()
    await queue.work('process-inbound', { batchSize: 10, concurrency: 1 }, async (payloads) => {
      return payloads.map(({ inboundMessageId }): JobOutcome => {
        seen.add(inboundMessageId)
        return inboundMessageId === bad && seen.all.length < 3
          ? { outcome: 'failed', error: new Error('secret of a message') }
          : done
      })
    })
    expect((await seen.atLeast(3)).sort()).toEqual([good, bad, bad].sort())
    const { rows } = await store.pool.query('select * from pgboss.job')
    expect(JSON.stringify(rows)).not.toContain('secret of a message')
  })

  test('a job for later waits', async () => {
    await queue.work('process-inbound', { batchSize: 10, concurrency: 1 }, async (payloads) => {
      for (const { inboundMessageId } of payloads) seen.add(inboundMessageId)
      return payloads.map(() => done)
    })
    const seen = collector<string>()
    const [now, soon, later] = [newId(), newId(), newId()]
    const job = (inboundMessageId: string, delayMs: number) => ({
      name: 'process-inbound' as const,
      payload: { inboundMessageId },
      startAfter: new Date(Date.now() + delayMs),
    })
    await inTransaction((tx) => queue.enqueue(tx, [job(later, 3_600_000), job(soon, 1_000), job(now, 0)]))
    // One poll may find both due: their order says nothing.
    expect(new Set(await seen.atLeast(2))).toEqual(new Set([now, soon]))
    expect(await statesOf('process-inbound')).toContain('created')
  })

  test('stopping aborts the signal and waits for the handler', async () => {
    const started = collector<AbortSignal>()
    const order: string[] = []
    await queue.work('send-outbound', { batchSize: 10, concurrency: 1 }, async (payloads, signal) => {
      started.add(signal)
      await once(signal, 'abort')
      order.push('handler ended')
      return payloads.map(() => done)
    })
    await inTransaction((tx) =>
      queue.enqueue(tx, { name: 'send-outbound', payload: { outboundMessageId: newId() } }),
    )
    const [signal] = await started.atLeast(1)
    expect(signal?.aborted).toBe(false)
    await queue.stop()
    order.push('queue stopped')
    expect(order).toEqual(['handler ended', 'queue stopped'])
    expect(await statesOf('send-outbound')).toEqual(['completed'])
  })

  test('only where other processes may live is one that is silent taken for dead', async () => {
    await inTransaction((tx) =>
      queue.enqueue(tx, { name: 'process-inbound', payload: { inboundMessageId: newId() } }),
    )
    const { rows } = await store.pool.query('select heartbeat_seconds from pgboss.job')
    expect(rows).toEqual([{ heartbeat_seconds: store.kind === 'pglite' ? null : 10 }])
  })

  test('jobs that are worked apart run beside any number that hang, each key once at a time', async () => {
    const mailboxIds = Array.from({ length: 12 }, () => newId())
    const receive = (ids: string[]) =>
      inTransaction((tx) =>
        queue.enqueue(
          tx,
          ids.map((mailboxId) => ({ name: 'receive', payload: { mailboxId } })),
        ),
      )
    const runs = collector<{ mailboxId: string | undefined; end: () => void }>()
    await queue.workApart('receive', { batchSize: 1 }, async ([payload]) => {
      await new Promise<void>((end) => runs.add({ mailboxId: payload?.mailboxId, end }))
      return [done]
    })
    await receive(mailboxIds)
    const hanging = await runs.atLeast(mailboxIds.length)
    expect(new Set(hanging.map(({ mailboxId }) => mailboxId))).toEqual(new Set(mailboxIds))
    // News of all that hang stand before those of another.
    await receive(mailboxIds)
    const another = newId()
    await receive([another])
    expect((await runs.atLeast(mailboxIds.length + 1)).at(-1)?.mailboxId).toBe(another)
    for (const { end } of runs.all) end()
    for (const { end } of (await runs.atLeast(2 * mailboxIds.length + 1)).slice(mailboxIds.length + 1)) end()
    await queue.stop()
    expect(new Set(await statesOf('receive'))).toEqual(new Set(['completed']))
  })

  test('what is due and what is down is looked for each minute, the audit signed each hour, files swept each night', async () => {
    const { rows } = await store.pool.query('select name, cron from pgboss.schedule order by name')
    expect(rows).toEqual([
      { name: 'clean-up', cron: '17 2 * * *' },
      { name: 'keep-subscriptions', cron: '* * * * *' },
      { name: 'report-outages', cron: '* * * * *' },
      { name: 'resume-due', cron: '* * * * *' },
      { name: 'write-checkpoint', cron: '0 * * * *' },
    ])
  })

  test('a transaction with jobs does not wait for the queue’s own look-ups', async () => {
    // On PGlite there is no second connection: a look-up outside the transaction would wait for ever.
    const fresh = await createQueue({ store, log })
    const names = Array.from({ length: 10 }, () => newId())
    await Promise.all(
      names.map((inboundMessageId) =>
        inTransaction(async (tx) => {
          await fresh.enqueue(tx, { name: 'process-inbound', payload: { inboundMessageId } })
          await tx.selectFrom('person').selectAll().execute()
          await fresh.enqueue(tx, { name: 'receive', payload: { mailboxId: inboundMessageId } })
        }),
      ),
    )
    await fresh.stop()
    expect(await statesOf('receive')).toHaveLength(10)
  })

  async function statesOf(name: string): Promise<string[]> {
    const { rows } = await store.pool.query(
      'select state from pgboss.job where name = $1 order by created_on',
      [name],
    )
    return rows.map(({ state }) => state)
  }
})

/** Values that arrive, and a promise for the moment when there are enough. */
function collector<T>() {
  const all: T[] = []
  let changed = () => {}
  return {
    all,
    add(value: T) {
      all.push(value)
      changed()
    },
    async atLeast(count: number): Promise<T[]> {
      while (all.length < count) {
        await new Promise<void>((resolve) => {
          changed = resolve
        })
      }
      return [...all]
    },
  }
}
