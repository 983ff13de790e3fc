import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { approvals } from '../../../test/contract/mailbox-contract.ts'
import { describeOnBothDatabases } from '../../../test/support/databases.ts'
import { type JobFloor, openJobFloor } from '../../../test/support/open-job-floor.ts'
import { saveMailbox } from '../save-mailbox.ts'
import { mailboxForm } from '../settings.ts'
import { keepSubscriptions } from './keep-subscriptions.ts'

const HOUR = 3_600_000
const signal = new AbortController().signal

describeOnBothDatabases('subscriptions of a Graph mailbox', (open) => {
  let floor: JobFloor
  let publicUrl: string | null
  /** How far the tenant's clock is behind the product's. */
  let behind = 0
  /** Calls of each operation up to the last look. */
  let before = [0, 0, 0]
  beforeAll(async () => {
    floor = await openJobFloor(await open())
    await floor.server.listen({ port: 0, host: '127.0.0.1' })
  })
  beforeEach(async () => {
    publicUrl = `http://127.0.0.1:${(floor.server.server.address() as AddressInfo).port}`
    await reset()
    const { db } = floor.context
    await db.deleteFrom('mailboxPush').execute()
    await db.deleteFrom('mailboxChange').execute()
    await db.deleteFrom('mailbox').where('name', '!=', 'main').execute()
    await db.updateTable('mailbox').set({ state: 'running' }).execute()
    await save()
    await floor.takeJobs('receive')
  })
  afterAll(() => floor?.close())

  async function save({ user = approvals, type = 'exchange-online-graph', enabled = true, poll = 60 } = {}) {
    const { host, caPem, clientId, clientSecret, tokenEndpoint } = floor.tenant
    const form = mailboxForm.parse({
      mailbox: { type, host, extraCa: caPem, user, defaultReplyTo: user },
      oauth: { clientId, clientSecret, tokenEndpoint },
      remoteApproval: { enabled, pollIntervalSeconds: poll },
    })
    await saveMailbox(floor.context, 'main', form)
  }

  async function setUrl(url: string | null) {
    publicUrl = url
  }

  const round = () => keepSubscriptions({ ...floor, publicUrl }, signal)
  const push = () =>
    floor.context.db
      .selectFrom('mailboxPush')
      .selectAll()
      .where('mailboxId', '=', floor.mailboxId)
      .executeTakeFirstOrThrow()
  /** What was asked of Graph since the last look: created, renewed, removed. */
  const asked = async () => {
    const now = []
    for (const name of ['Create', 'Update', 'Delete'])
      now.push((await floor.tenant.calls(`${name}Subscription`)).count)
    const since = now.map((count, index) => count - (before[index] ?? 0))
    before = now
    return since
  }
  function wait(milliseconds: number) {
    floor.wait(milliseconds)
    behind += milliseconds
  }
  async function catchUp() {
    await floor.tenant.advanceClock(behind)
    behind = 0
    // With the access tokens of before.
    await floor.mailboxes.close()
  }
  /** Graph knows of nothing any more; its clock is as ours. */
  async function reset() {
    await floor.tenant.reset()
    behind = Math.max(0, floor.now().getTime() - Date.now())
    await catchUp()
    before = [0, 0, 0]
  }
  async function pass(milliseconds: number) {
    wait(milliseconds)
    await catchUp()
  }
  const view = async (locale = 'en') => {
    const answer = await floor.call(floor.operatorToken, 'GET', '/api/mailboxes', undefined, {
      'accept-language': locale,
    })
    return answer.body.items.find(({ name }: { name: string }) => name === 'main').push
  }

  test('one is made once there is an address, and the mailbox is read', async () => {
    const url = publicUrl
    publicUrl = null
    await round()
    expect(await asked()).toEqual([0, 0, 0])
    expect(await view()).toMatchObject({ state: 'off', until: null })
    expect((await view()).message).toContain('COUNTERSIGN_PUBLIC_URL')

    publicUrl = url
    await round()
    expect(await asked()).toEqual([1, 0, 0])
    expect(await view('fr')).toMatchObject({ state: 'on', until: expect.any(String) })
    expect(await floor.takeJobs('receive')).toEqual([floor.mailboxId])
    await round()
    expect(await asked()).toEqual([0, 0, 0])
    expect(await floor.takeJobs('receive')).toEqual([])
  })

  test('it is renewed at half its life, again and again', async () => {
    await round()
    await asked()
    const { expiresAt: first } = await push()
    await pass(34 * HOUR)
    await round()
    expect(await asked()).toEqual([0, 0, 0])
    for (let time = 1; time <= 3; time += 1) {
      await pass(time === 1 ? HOUR : 35 * HOUR)
      await round()
      expect(await asked()).toEqual([0, 1, 0])
    }
    expect((await push()).expiresAt?.getTime()).toBeGreaterThan((first?.getTime() ?? 0) + 100 * HOUR)
    expect(await floor.tenant.lifecycle(approvals, 'missed')).toBe(1)
  })

  test('one that ended while nobody worked is made anew', async () => {
    await round()
    await pass(71 * HOUR)
    expect(await floor.tenant.lifecycle(approvals, 'missed')).toBe(0)
    await round()
    expect(await asked()).toEqual([2, 0, 0])
    expect(await view()).toMatchObject({ state: 'on' })
  })

  test('one that Graph has lost is made anew when it was to be renewed', async () => {
    await round()
    await reset()
    await pass(36 * HOUR)
    await round()
    expect(await asked()).toEqual([1, 1, 0])
    expect(await floor.tenant.lifecycle(approvals, 'missed')).toBe(1)
  })

  test('it is replaced for another address of ours and for another mailbox, not for another poll interval', async () => {
    await round()
    expect(await asked()).toEqual([1, 0, 0])
    await save({ poll: 30 })
    await round()
    expect(await asked()).toEqual([0, 1, 0])
    publicUrl = publicUrl?.replace('127.0.0.1', 'localhost') ?? null
    await round()
    expect(await asked()).toEqual([1, 0, 1])
    await save({ user: 'thomas.berger@contoso.example' })
    await round()
    expect(await asked()).toEqual([1, 0, 1])
    expect(await floor.tenant.lifecycle(approvals, 'missed')).toBe(0)
    expect(await floor.tenant.lifecycle('thomas.berger@contoso.example', 'missed')).toBe(1)
  })

  test.each([
    ['the mailbox is disabled', () => save({ enabled: false })],
    ['it is of another type now', () => save({ type: 'exchange-online-ews' })],
    ['we have no address any more', () => setUrl(null)],
  ])('it is removed when %s', async (_, change) => {
    await round()
    await asked()
    await change()
    await round()
    expect(await asked()).toEqual([0, 0, 1])
    expect(await floor.tenant.lifecycle(approvals, 'missed')).toBe(0)
    expect(await push()).toMatchObject({
      providerId: null,
      clientStateHash: null,
      secrets: null,
      dueAt: null,
    })
    await round()
    expect(await asked()).toEqual([0, 0, 0])
  })

  test('one that cannot be removed for now is tried again, and forgotten when it has ended', async () => {
    await round()
    await save({ enabled: false })
    await floor.tenant.fault('DeleteSubscription', { status: 503 }, { status: 503 })
    await round()
    expect(await view()).toMatchObject({ state: 'failed', until: expect.any(String) })
    await round()
    expect(await asked()).toEqual([1, 0, 1])
    wait(2 * 60_000)
    await round()
    expect(await asked()).toEqual([0, 0, 1])
    wait(71 * HOUR)
    await round()
    expect(await asked()).toEqual([0, 0, 0])
    expect(await view()).toMatchObject({ state: 'off', until: null })
  })

  test('one that may not be removed is left to end, and keeps no other from being made', async () => {
    await round()
    await save({ user: 'thomas.berger@contoso.example' })
    await floor.tenant.fault('DeleteSubscription', { status: 403 })
    await round()
    expect(await asked()).toEqual([2, 0, 1])
    expect(await view()).toMatchObject({ state: 'on' })
    // Its calls are a stranger's from now on.
    await floor.takeJobs('receive')
    expect(await floor.tenant.lifecycle(approvals, 'missed')).toBe(1)
  })

  test('a copy of the database leaves the subscription to the original', async () => {
    await round()
    await asked()
    await floor.context.db.updateTable('mailbox').set({ state: 'detached' }).execute()
    await round()
    expect(await asked()).toEqual([0, 0, 0])
    expect(await push()).toMatchObject({ state: 'off', providerId: null })
    expect(await floor.tenant.lifecycle(approvals, 'missed')).toBe(1)
  })

  test('a failure is shown with its reason in both languages, and tried again', async () => {
    const url = publicUrl
    publicUrl = 'http://127.0.0.1:9'
    await round()
    expect(await view('en')).toMatchObject({ state: 'failed', until: null })
    expect((await view('en')).message).toContain('http://127.0.0.1:9/push/graph/notifications')
    expect((await view('fr')).message).toContain('n’a pas pu appeler http://127.0.0.1:9/push/')
    expect(await floor.mailbox()).toMatchObject({ state: 'running', trouble: null, retryAt: null })
    await round()
    expect(await asked()).toEqual([1, 0, 0])
    const { dueAt } = await push()
    wait((dueAt?.getTime() ?? 0) - floor.now().getTime())
    await round()
    expect(await asked()).toEqual([1, 0, 0])
    expect(await push()).toMatchObject({ failures: 2 })
    publicUrl = url
    await round()
    expect(await view()).toMatchObject({ state: 'on' })
    expect(await push()).toMatchObject({ failures: 0, trouble: null })
  })

  test('the server’s word on when to ask again is kept', async () => {
    await floor.tenant.fault('CreateSubscription', { status: 429, headers: { 'Retry-After': '900' } })
    const askedAt = floor.now().getTime()
    await round()
    expect((await push()).dueAt?.getTime()).toBe(askedAt + 900_000)
  })

  test('while a renewal fails, the subscription stays what it is', async () => {
    await round()
    await pass(36 * HOUR)
    await floor.tenant.fault('UpdateSubscription', { status: 500 })
    const { providerId, clientStateHash } = await push()
    await round()
    expect(await push()).toMatchObject({ state: 'failed', providerId, clientStateHash })
    wait(HOUR)
    await round()
    expect(await push()).toMatchObject({ state: 'on', providerId, clientStateHash })
  })

  test('what was made without our hearing of it ends by itself', async () => {
    await floor.tenant.fault('CreateSubscription', 'cutAfter')
    await round()
    expect(await push()).toMatchObject({ state: 'failed', providerId: null })
    wait(HOUR)
    await round()
    expect(await floor.tenant.lifecycle(approvals, 'missed')).toBe(2)
    await pass(36 * HOUR)
    await round()
    await pass(36 * HOUR)
    expect(await floor.tenant.lifecycle(approvals, 'missed')).toBe(1)
  })

  test('what the provider tells while it is being asked is seen to afterwards', async () => {
    const told = new Date(floor.now().getTime() + 1)
    // Graph calls us before it answers.
    const door = createServer(async ({ url }, response) => {
      await floor.context.db.updateTable('mailboxPush').set({ dueAt: told }).execute()
      const token = new URL(url ?? '', 'http://localhost').searchParams.get('validationToken')
      response.writeHead(200, { 'content-type': 'text/plain' }).end(token)
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void door.close())
    await once(door, 'listening')
    publicUrl = null
    await round()
    publicUrl = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
    await round()
    expect(await push()).toMatchObject({ state: 'on', dueAt: told })
  })

  test('one mailbox that fails keeps no other from its subscription', async () => {
    const other = await floor.saveMailbox('other', 'thomas.berger@contoso.example')
    const { settings } = await floor.mailbox(other)
    const broken = JSON.stringify({ ...settings, type: 'exchange-online-graph', host: 'no host' })
    await floor.context.db.updateTable('mailbox').set({ settings: broken }).where('id', '=', other).execute()
    await floor.context.db
      .updateTable('mailbox')
      .set({ secrets: Buffer.from('x') })
      .where('id', '=', other)
      .execute()
    await round()
    expect(await view()).toMatchObject({ state: 'on' })
  })
})
