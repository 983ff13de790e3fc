import { once } from 'node:events'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestPglite } from '../../test/support/databases.ts'
import { eventually } from '../../test/support/eventually.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { after } from '../lib/clock.ts'
import { createLog } from '../lib/log.ts'
import type { Store } from '../store/store.ts'
import { createQueue, type Queue } from './queue.ts'
import { type RunningJobs, startJobs } from './start-jobs.ts'

/** How many messages are handed over at a time. */
const BATCH = 20

describe('the jobs on the embedded database', () => {
  let store: Store
  let floor: JobFloor
  let queue: Queue
  let jobs: RunningJobs | undefined
  beforeEach(async () => {
    store = await openTestPglite()
    floor = await openJobFloor(store)
    queue = await createQueue({ store, log: createLog('silent') })
  })
  afterEach(async () => {
    await (jobs ?? queue).stop()
    await floor.close()
    await store.close()
  })

  async function start(isOnlyProcess: boolean): Promise<void> {
    const { context, mailboxes } = floor
    jobs = await startJobs({
      context,
      mailboxes,
      queue,
      signingKey: null,
      isOnlyProcess,
      outageWebhook: null,
      publicUrl: null,
    })
  }

  /** A process that died and cannot give back what it held, for a long time yet. */
  async function leaveLease(): Promise<void> {
    await floor.context.db
      .updateTable('mailbox')
      .set({ watchedBy: 'a dead process', watchedUntil: after(floor.now(), 3_600_000) })
      .execute()
  }

  test('take the mailboxes that a dead process held, when there is no other', async () => {
    await leaveLease()
    await start(true)
    await eventually(async () => {
      const { watchedBy } = await floor.mailbox()
      expect(watchedBy).not.toBeNull()
      expect(watchedBy).not.toBe('a dead process')
    })
  })

  test('leave them alone where another process may live', async () => {
    await leaveLease()
    await start(false)
    await floor.saveMailbox('second', 'thomas.berger@contoso.example')
    await eventually(async () => {
      const second = await floor.context.db
        .selectFrom('mailbox')
        .select('watchedBy')
        .where('name', '=', 'second')
        .executeTakeFirstOrThrow()
      expect(second.watchedBy).not.toBeNull()
    })
    expect(await floor.mailbox()).toMatchObject({ watchedBy: 'a dead process' })
  })

  test('hold the job of a mail until it is sent, and leave it to others when they stop before', async () => {
    await floor.tenant.fault('CreateItem', { waitMs: 600_000 }, { waitMs: 600_000 })
    await start(true)
    const write = async () => (await floor.write()).mailId
    const statesOf = async (mailIds: string[]) => {
      const { rows } = await store.pool.query<{ state: string }>(
        `select state from pgboss.job where name = 'send-outbound' and data ->> 'outboundMessageId' = any($1)`,
        [mailIds],
      )
      return rows.map(({ state }) => state)
    }
    // As many as are sent side by side.
    for (let count = 0; count < 2; count += 1) {
      const mailId = await write()
      await eventually(async () => expect(await floor.mail(mailId)).toMatchObject({ state: 'sending' }))
      expect(await statesOf([mailId])).toEqual(['active'])
    }
    const waiting = [await write(), await write()]
    await eventually(async () => expect(await statesOf(waiting)).toEqual(['active', 'active']))
    await jobs?.stop()
    expect(await statesOf(waiting)).toEqual(['retry', 'retry'])
  })

  test('let the API answer between two messages of a full mailbox', async () => {
    const MESSAGES = 200
    for (let count = 0; count < MESSAGES; count += 1) {
      const raw = `From: somebody@contoso.example\r\nSubject: ${count}\r\n\r\nYes`
      await floor.store({ raw, providerId: `message ${count}` })
    }
    await floor.server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = floor.server.server.address() as AddressInfo
    const processed = async () => {
      const { rows } = await store.pool.query<{ count: number }>(
        `select count(*)::int as count from inbound_message where state = 'processed'`,
      )
      return rows[0]?.count ?? 0
    }
    async function isLive(): Promise<string> {
      const [answer] = await once(get({ host: '127.0.0.1', port, path: '/health/live' }), 'response')
      return text(answer)
    }

    await start(true)
    const counts: number[] = []
    while (counts.at(-1) !== MESSAGES) {
      expect(JSON.parse(await isLive())).toEqual({ ok: true })
      counts.push(await processed())
    }
    // Without a turn of the event loop between two messages there is one after a whole batch at best.
    const between = new Set(counts.filter((count) => count < MESSAGES))
    expect(between.size).toBeGreaterThan(MESSAGES / BATCH)
  })
})
