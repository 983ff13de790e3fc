import { Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { eventually } from '../../test/support/eventually.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { after } from '../lib/clock.ts'
import { createLog } from '../lib/log.ts'
import { pauseMailbox, resumeMailbox } from '../mailboxes/pause-mailbox.ts'
import type { Store } from '../store/store.ts'
import { LEAST_ROUND_MS, watchMailboxes } from './watch-mailboxes.ts'

describeOnBothDatabases('the watch over mailboxes', (open) => {
  let store: Store
  let floor: JobFloor
  let logged = ''
  let stopping: AbortController
  let watching: Promise<void>
  beforeEach(async () => {
    logged = ''
    const destination = new Writable({
      write(chunk, _, done) {
        logged += chunk
        done()
      },
    })
    store = await open()
    floor = await openJobFloor(store, createLog('error', destination))
    await floor.takeJobs('receive')
    stopping = new AbortController()
  })
  afterEach(async () => {
    stopping.abort()
    await watching
    await floor.close()
  })

  function watch(): void {
    watching = watchMailboxes(floor.context, floor.mailboxes, stopping.signal)
  }

  const isWatched = () =>
    eventually(async () => {
      expect((await floor.mailbox()).watchedBy).not.toBeNull()
      expect(await floor.takeJobs('receive')).toEqual([floor.mailboxId])
    })

  test('survives a round without its table, and goes on when it is back', async () => {
    await store.pool.query('alter table mailbox rename to mailbox_away')
    watch()
    await eventually(async () => expect(logged).toContain('looking for mailboxes to watch failed'))
    await store.pool.query('alter table mailbox_away rename to mailbox')
    await isWatched()
  })

  test('asks no more often than its bound when every connection for news is ended at once', async () => {
    const envelope = (connectionStatus: string) =>
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
      '<m:GetStreamingEventsResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">' +
      '<m:ResponseMessages><m:GetStreamingEventsResponseMessage ResponseClass="Success">' +
      `<m:ResponseCode>NoError</m:ResponseCode><m:ConnectionStatus>${connectionStatus}</m:ConnectionStatus>` +
      '</m:GetStreamingEventsResponseMessage></m:ResponseMessages></m:GetStreamingEventsResponse></s:Body></s:Envelope>'
    const body = ['OK', 'OK', 'Closed'].map(envelope).join('')
    const answer = { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body }
    await floor.tenant.fault('GetStreamingEvents', ...Array.from({ length: 20 }, () => answer))
    const begin = performance.now()
    watch()
    await eventually(async () => {
      expect((await floor.tenant.calls('GetStreamingEvents')).count).toBeGreaterThanOrEqual(4)
    })
    const { count } = await floor.tenant.calls('GetStreamingEvents')
    // A slow machine only makes it longer.
    expect(performance.now() - begin).toBeGreaterThanOrEqual((count - 1) * (LEAST_ROUND_MS - 5))
  })

  test('listens anew when the settings change, and not at all while the mailbox is paused', async () => {
    const subscriptions = async () => (await floor.tenant.calls('Subscribe')).count
    watch()
    await eventually(async () => expect(await subscriptions()).toBe(1))
    await floor.saveMailbox('main', 'approvals@contoso.example')
    await eventually(async () => expect(await subscriptions()).toBe(2))
    await eventually(async () => expect((await floor.tenant.calls('Unsubscribe')).count).toBe(1))

    await pauseMailbox(floor.context, 'main', null)
    await floor.takeJobs('receive')
    // A round later the mailbox is nobody's to watch; the lease runs out.
    await eventually(async () => {
      floor.wait(20_000)
      expect(await floor.takeJobs('receive')).toEqual([])
      expect((await floor.mailbox()).watchedUntil?.getTime()).toBeLessThan(floor.now().getTime())
    })
    await resumeMailbox(floor.context, 'main', null)
    await eventually(async () => {
      expect((await floor.mailbox()).watchedUntil?.getTime()).toBeGreaterThan(floor.now().getTime())
    })
  })

  test('listens again as soon as a mailbox that backed off may be called, and not a poll interval later', async () => {
    const backOffUntil = (retryAt: Date | null) =>
      floor.context.db.updateTable('mailbox').set({ retryAt }).where('id', '=', floor.mailboxId).execute()
    await backOffUntil(after(floor.now(), 900_000))
    watch()
    await isWatched()
    expect((await floor.tenant.calls('Subscribe')).count).toBe(0)
    await backOffUntil(null)
    await eventually(async () => expect((await floor.tenant.calls('Subscribe')).count).toBe(1))
  })

  test('tries to listen again before the poll interval is over when that failed', async () => {
    await floor.tenant.fault('Subscribe', { status: 503 })
    watch()
    await eventually(async () => expect((await floor.tenant.calls('GetStreamingEvents')).count).toBe(1))
    expect((await floor.tenant.calls('Subscribe')).count).toBe(2)
  })

  test('gives its mailboxes back when it ends', async () => {
    watch()
    await isWatched()
    stopping.abort()
    await watching
    expect(await floor.mailbox()).toMatchObject({ watchedBy: null, watchedUntil: null })
  })

  test('ends though it cannot give them back', async () => {
    watch()
    await isWatched()
    await store.pool.query('alter table mailbox rename to mailbox_away')
    stopping.abort()
    await watching
    expect(logged).toContain('the leases are left to run out')
    await store.pool.query('alter table mailbox_away rename to mailbox')
  })

  test('goes on for the others when the settings of one are such that no adapter takes them', async () => {
    const broken = await floor.saveMailbox('broken', 'thomas.berger@contoso.example')
    const { settings } = await floor.mailbox(broken)
    await floor.context.db
      .updateTable('mailbox')
      .set({ settings: JSON.stringify({ ...settings, host: 'mail contoso example' }) })
      .where('id', '=', broken)
      .execute()
    await floor.takeJobs('receive')
    watch()
    await eventually(async () => {
      const { watchedBy } = await floor.mailbox()
      expect(watchedBy).not.toBeNull()
      expect(await floor.mailbox(broken)).toMatchObject({ watchedBy })
    })
    const woken = new Set<string>()
    await eventually(async () => {
      for (const id of await floor.takeJobs('receive')) woken.add(id)
      expect(woken).toEqual(new Set([broken, floor.mailboxId]))
    })
    expect(logged).toBe('')
  })
})
