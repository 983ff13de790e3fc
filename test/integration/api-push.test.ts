import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/lib/new-id.ts'
import { newClientState } from '../../src/mailboxes/push/client-state.ts'
import { pushPaths } from '../../src/mailboxes/push/push-paths.ts'
import type { Store } from '../../src/store/store.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type JobFloor, openJobFloor } from '../support/open-job-floor.ts'

const token = 'Validation: Testing client application reachability for subscription Request-Id: 4145e871'

describeOnBothDatabases('where Graph calls us', (open) => {
  let store: Store
  let floor: JobFloor
  const secrets = { main: newClientState(), other: newClientState() }
  let otherId: string
  beforeAll(async () => {
    store = await open()
    floor = await openJobFloor(store)
    otherId = await floor.saveMailbox('other', 'thomas.berger@contoso.example')
    await subscribe(floor.mailboxId, 'sub-main', secrets.main.hash)
    await subscribe(otherId, 'sub-other', secrets.other.hash)
  })
  afterAll(() => floor?.close())

  async function subscribe(mailboxId: string, providerId: string, clientStateHash: string) {
    const { settings, secrets } = await floor.mailbox(mailboxId)
    await floor.context.db
      .insertInto('mailboxPush')
      .values({
        mailboxId,
        state: 'on',
        basis: '',
        dueAt: null,
        failures: 0,
        trouble: null,
        providerId,
        clientStateHash,
        target: '',
        expiresAt: new Date('2030-01-01'),
        settings: JSON.stringify(settings),
        secrets,
      })
      .execute()
    await woken()
  }

  const post = (path: string, body?: unknown, type = 'application/json') =>
    floor.call(null, 'POST', path, body, { 'content-type': type })
  const notify = (...value: object[]) => post(pushPaths.notifications, { value })
  const tell = (...value: object[]) => post(pushPaths.lifecycle, { value })
  const woken = async () => ({
    receive: (await floor.takeJobs('receive')).sort(),
    kept: await takeRounds(),
    dueAt: (await push()).map(({ dueAt }) => dueAt),
  })
  /** How many rounds over all subscriptions are waiting; their jobs carry nothing. */
  const takeRounds = async () =>
    (await store.pool.query(`delete from pgboss.job where name = 'keep-subscriptions' and state = 'created'`))
      .rowCount
  const push = () => floor.context.db.selectFrom('mailboxPush').selectAll().orderBy('mailboxId').execute()
  const nothing = { receive: [], dueAt: [null, null] }
  const main = () => ({ subscriptionId: 'sub-main', clientState: secrets.main.clientState })
  const other = () => ({ subscriptionId: 'sub-other', clientState: secrets.other.clientState })

  describe.each(Object.values(pushPaths))('the handshake at %s', (path) => {
    const shake = (query: string) => post(`${path}?${query}`, '', 'text/plain; charset=utf-8')

    test.each([
      ['percent-encoded', encodeURIComponent(token)],
      ['with + for spaces', new URLSearchParams({ t: token }).toString().slice(2)],
    ])('sends the token back, decoded (%s)', async (_, encoded) => {
      const answer = await shake(`validationToken=${encoded}`)
      expect(answer).toMatchObject({ status: 200, text: token })
      expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
    })

    test('sends markup back as the plain text that it is', async () => {
      const markup = '<script>alert(1)</script>"\r\nSet-Cookie: a=b; é 👍'
      const answer = await shake(`validationToken=${encodeURIComponent(markup)}`)
      expect(answer).toMatchObject({ status: 200, text: markup })
      expect(answer.headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
      })
      expect(answer.headers['set-cookie']).toBeUndefined()
    })

    test.each([
      ['none', 'validationToken='],
      ['a long one', `validationToken=${'a'.repeat(2_001)}`],
      ['two', 'validationToken=a&validationToken=b'],
      ['a NUL', 'validationToken=%00'],
    ])('takes no token such as %s', async (_, query) => {
      expect((await shake(query)).status).toBe(400)
    })

    test('takes a body too, and reads nothing of it', async () => {
      const body = JSON.stringify({ value: [main()] })
      const answer = await post(`${path}?validationToken=x`, body, 'text/plain')
      expect(answer).toMatchObject({ status: 200, text: 'x' })
      expect((await post(`${path}?validationToken=x`, 'a'.repeat(2_000), 'text/plain')).status).toBe(413)
      expect(await woken()).toMatchObject(nothing)
    })
  })

  test('a notification wakes its mailbox, once', async () => {
    const answer = await notify({ ...main(), changeType: 'created', resource: 'x' }, main())
    expect(answer).toMatchObject({ status: 202, text: '' })
    expect(await woken()).toMatchObject({ ...nothing, receive: [floor.mailboxId], kept: 0 })
  })

  test('one call may tell of several mailboxes, and of strangers', async () => {
    expect((await notify(main(), { subscriptionId: newId(), clientState: 'x' }, other())).status).toBe(202)
    expect(await woken()).toMatchObject({ receive: [floor.mailboxId, otherId].sort(), kept: 0 })
  })

  test('the secret of another mailbox, a wrong one and none wake nobody, and are answered alike', async () => {
    const forged = [
      { ...main(), clientState: secrets.other.clientState },
      { ...main(), clientState: `${secrets.main.clientState} ` },
      { ...main(), clientState: '' },
      { subscriptionId: 'sub-main' },
      { ...main(), clientState: secrets.main.hash },
      { ...main(), subscriptionId: 'sub-unknown' },
    ]
    for (const one of forged) {
      for (const answer of [
        await notify(one),
        await tell({ ...one, lifecycleEvent: 'subscriptionRemoved' }),
      ]) {
        expect(answer).toMatchObject({ status: 202, text: '' })
      }
    }
    expect(await woken()).toMatchObject({ ...nothing, kept: 0 })
  })

  test('no secret is stored', async () => {
    expect(JSON.stringify(await push())).not.toContain(secrets.main.clientState)
  })

  test('a missed notification has the mailbox read, and the subscription left alone', async () => {
    expect((await tell({ ...main(), lifecycleEvent: 'missed' })).status).toBe(202)
    expect(await woken()).toEqual({ ...nothing, receive: [floor.mailboxId], kept: 0 })
  })

  test.each(['reauthorizationRequired', 'subscriptionRemoved', 'somethingNew'])(
    '%s has the subscription looked at as well',
    async (lifecycleEvent) => {
      expect((await tell({ ...main(), lifecycleEvent })).status).toBe(202)
      const { receive, kept } = await woken()
      expect({ receive, kept }).toEqual({ receive: [floor.mailboxId], kept: 1 })
      const due = (await push()).find(({ mailboxId }) => mailboxId === floor.mailboxId)
      expect(due?.dueAt).toEqual(floor.now())
      await floor.context.db.updateTable('mailboxPush').set({ dueAt: null }).execute()
    },
  )

  test.each([
    ['no list', {}],
    ['no object in it', { value: ['x'] }],
    ['a long list', { value: Array.from({ length: 1_001 }, () => ({ subscriptionId: 'x' })) }],
    ['a long id', { value: [{ subscriptionId: 'x'.repeat(201) }] }],
    ['a long secret', { value: [{ subscriptionId: 'x', clientState: 'x'.repeat(129) }] }],
  ])('%s is refused', async (_, body) => {
    expect((await post(pushPaths.notifications, body)).body).toMatchObject({
      status: 400,
      code: 'invalid-input',
    })
  })

  test('a large body is refused', async () => {
    const body = JSON.stringify({ value: [], more: 'x'.repeat(1024 * 1024) })
    expect((await post(pushPaths.notifications, body)).body).toMatchObject({ code: 'payload-too-large' })
  })

  test('another type than JSON is refused here, and plain text everywhere else', async () => {
    expect((await post(pushPaths.notifications, 'a=b', 'application/x-www-form-urlencoded')).status).toBe(415)
    expect(
      (
        await floor.call(floor.operatorToken, 'POST', '/api/people/import', 'x', {
          'content-type': 'text/plain',
        })
      ).status,
    ).toBe(415)
  })

  test('an empty list, and a call without a body, are taken', async () => {
    expect((await notify()).status).toBe(202)
    expect((await floor.server.inject({ method: 'POST', url: pushPaths.notifications })).statusCode).toBe(202)
    expect(await woken()).toMatchObject(nothing)
  })

  test('only so many calls are looked into at a time, and the others are put off', async () => {
    const held = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    const holding = floor.context.db.transaction().execute(async (tx) => {
      await sql`lock table mailbox_push`.execute(tx)
      locked.resolve()
      await held.promise
    })
    await locked.promise
    const answers = Array.from({ length: 9 }, () => notify(main()))
    expect(await Promise.race(answers)).toMatchObject({ status: 503, body: { code: 'too-busy' } })
    held.resolve()
    await holding
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([...Array.from({ length: 8 }, () => 202), 503])
    expect((await notify(main())).status).toBe(202)
    expect((await woken()).receive).toEqual([floor.mailboxId])
  })
})
