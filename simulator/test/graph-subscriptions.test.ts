import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control, token } from './support/ews-client.ts'
import { mail } from './support/ews-requests.ts'
import {
  app,
  approvals,
  callGraph,
  elodie,
  errorOf,
  type GraphClient,
  graphClient,
  immutable,
  tenantId,
} from './support/graph-client.ts'
import { serveWebhook } from './support/serve-webhook.ts'

let simulator: Simulator
let graph: GraphClient
let webhook: Awaited<ReturnType<typeof serveWebhook>>
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  graph = await graphClient(simulator)
  webhook = await serveWebhook()
})
afterEach(async () => {
  await control(simulator, 'POST', '/reset')
  await webhook[Symbol.asyncDispose]()
})
afterAll(() => simulator.close())

const now = async () => Date.parse((await control<{ now: string }>(simulator, 'GET', '/clock')).now)
const advance = (advanceMs: number) => control(simulator, 'POST', '/clock', { advanceMs })
const inMinutes = async (minutes: number) => new Date((await now()) + minutes * 60_000).toISOString()
const wanted = async (change: object = {}) => ({
  changeType: 'created',
  notificationUrl: `${webhook.url}/notify`,
  lifecycleNotificationUrl: `${webhook.url}/lifecycle`,
  resource: `/users/${approvals}/mailFolders('inbox')/messages`,
  expirationDateTime: await inMinutes(60),
  clientState: 'secret-of-the-client',
  ...change,
})
const subscribe = async (change: object = {}, headers: Record<string, string> = {}) =>
  graph.call('POST', '/subscriptions', { body: await wanted(change), headers })
const deliver = (Subject: string) =>
  control(
    simulator,
    'POST',
    `/mailboxes/${approvals}/messages`,
    mail({ From: 'anna.novak@fabrikam.example', Subject }),
  )
const told = (count: number) =>
  expect.poll(() => webhook.notifications.length, { timeout: 20_000 }).toBe(count)
const values = () => webhook.notifications.map(({ body }) => body.value[0])
/** Notifications that will be tried again. */
const waiting = () =>
  [...simulator.world().graph.subscriptions.values()].reduce((sum, one) => sum + one.waiting, 0)
const onlyId = async (headers = {}) =>
  (await graph.get('/mailFolders/inbox/messages', { headers })).json.value[0].id as string

describe('a subscription', () => {
  it('is made when both URLs shake hands', async () => {
    const made = await subscribe()
    expect(made.status).toBe(201)
    expect(webhook.handshakes).toEqual([
      'POST /notify text/plain; charset=utf-8',
      'POST /lifecycle text/plain; charset=utf-8',
    ])
    expect(made.json).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      applicationId: app.id,
      changeType: 'created',
      clientState: 'secret-of-the-client',
      resource: `/users/${approvals}/mailFolders('inbox')/messages`,
    })
    const { id } = made.json
    expect((await graph.call('GET', `/subscriptions/${id}`)).json).toMatchObject({ id, clientState: null })
    expect((await graph.call('GET', '/subscriptions')).json.value).toMatchObject([{ id }])
  })

  it.each([
    ['another text', () => ({ text: 'hello' })],
    ['the token undecoded', (token: string) => ({ text: encodeURIComponent(token) })],
    ['another type', (token: string) => ({ text: token, type: 'application/json' })],
    ['another status', (token: string) => ({ text: token, status: 202 })],
  ])('is not made when the handshake gives %s', async (_, shake) => {
    webhook.shake = shake
    expect(errorOf(await subscribe())).toEqual([400, 'ValidationError'])
    expect((await graph.call('GET', '/subscriptions')).json.value).toEqual([])
  })

  it('is not made when the handshake is late by 10 seconds', async () => {
    webhook.shake = () => null
    const before = await now()
    const answer = subscribe()
    await expect.poll(() => webhook.handshakes.length).toBe(1)
    await advance(10_000)
    expect(errorOf(await answer)).toEqual([400, 'ValidationError'])
    expect((await now()) - before).toBeLessThan(15_000)
  })

  it('never leads the simulator off this machine', async () => {
    for (const change of [
      { notificationUrl: 'https://countersign.example/notify' },
      { lifecycleNotificationUrl: 'ftp://localhost/lifecycle' },
    ]) {
      expect((await subscribe(change)).json.error.message).toBe('The simulator calls loopback only.')
    }
  })

  it.each([
    [{ notificationUrl: 'https://countersign.example/notify' }, 400, 'ValidationError'],
    [{ notificationUrl: 'not a URL' }, 400, 'ValidationError'],
    [{ changeType: 'moved' }, 400, 'InvalidRequest'],
    [{ expirationDateTime: 'tomorrow' }, 400, 'InvalidRequest'],
    [{ expirationDateTime: '2020-01-01T00:00:00Z' }, 400, 'InvalidRequest'],
    [{ expirationDateTime: '2999-01-01T00:00:00Z' }, 400, 'InvalidRequest'],
    [{ clientState: 'x'.repeat(129) }, 400, 'RequestBodyRead'],
    [{ includeResourceData: true }, 400, 'RequestBodyRead'],
    [{ resource: '/groups' }, 501, 'NotSimulated'],
    [{ resource: `/users/${approvals}/mailFolders/elsewhere/messages` }, 400, 'ErrorInvalidIdMalformed'],
    [{ resource: '/users/nobody@contoso.example/messages' }, 404, 'ErrorInvalidUser'],
  ])('is refused with %j', async (change, status, code) => {
    expect(errorOf(await subscribe(change))).toEqual([status, code])
    expect(webhook.handshakes).toEqual([])
  })

  it('lives seven days at most', async () => {
    expect((await subscribe({ expirationDateTime: await inMinutes(10_079) })).status).toBe(201)
    expect(errorOf(await subscribe({ expirationDateTime: await inMinutes(10_081) }))).toEqual([
      400,
      'InvalidRequest',
    ])
  })

  it('needs the permission to read', async () => {
    await control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, mailboxes: [elodie] }] })
    expect(errorOf(await subscribe())).toEqual([403, 'ErrorAccessDenied'])
  })

  it('belongs to the app that made it', async () => {
    const { id } = (await subscribe()).json
    const other = { id: 'cccccccc-0000-1111-2222-dddddddddddd', secret: 'another-secret' }
    await control(simulator, 'POST', '/tenant', {
      apps: [
        { id: other.id, secrets: [{ value: other.secret, expiresAt: null }], roles: ['Mail.ReadWrite'] },
      ],
    })
    const scope = 'https://graph.microsoft.com/.default'
    const granted = await token(simulator, { client_id: other.id, client_secret: other.secret, scope })
    const headers = { authorization: `Bearer ${JSON.parse(granted.body).access_token}` }
    for (const method of ['GET', 'DELETE']) {
      expect(errorOf(await callGraph(simulator, method, `/subscriptions/${id}`, { headers }))).toEqual([
        404,
        'ResourceNotFound',
      ])
    }
    expect((await callGraph(simulator, 'GET', '/subscriptions', { headers })).json.value).toEqual([])
    expect((await graph.call('GET', `/subscriptions/${id}`)).status).toBe(200)
  })

  it('ends when it is deleted, or when its time is over', async () => {
    const { id } = (await subscribe()).json
    expect((await graph.call('DELETE', `/subscriptions/${id}`)).status).toBe(204)
    expect(errorOf(await graph.call('DELETE', `/subscriptions/${id}`))).toEqual([404, 'ResourceNotFound'])
    const other = (await subscribe({ expirationDateTime: await inMinutes(10) })).json.id
    await advance(9 * 60_000)
    expect((await graph.call('GET', `/subscriptions/${other}`)).status).toBe(200)
    await advance(60_000)
    expect(errorOf(await graph.call('GET', `/subscriptions/${other}`))).toEqual([404, 'ResourceNotFound'])
    await deliver('to nobody')
    const third = await subscribe()
    await deliver('heard')
    await told(1)
    expect(values()[0].subscriptionId).toBe(third.json.id)
  })

  it('is renewed', async () => {
    const { id } = (await subscribe({ expirationDateTime: await inMinutes(10) })).json
    const patch = (expirationDateTime: string) =>
      graph.call('PATCH', `/subscriptions/${id}`, { body: { expirationDateTime } })
    const until = await inMinutes(30)
    const renewed = await patch(until)
    expect([renewed.status, renewed.json.expirationDateTime]).toEqual([200, until])
    await advance(20 * 60_000)
    expect((await graph.call('GET', `/subscriptions/${id}`)).status).toBe(200)
    expect(errorOf(await patch('2020-01-01T00:00:00Z'))).toEqual([400, 'InvalidRequest'])
    expect(
      errorOf(await graph.call('PATCH', '/subscriptions/none', { body: { expirationDateTime: until } })),
    ).toEqual([404, 'ResourceNotFound'])
  })
})

describe('a notification', () => {
  it('names the message and proves where it comes from', async () => {
    const { id, expirationDateTime } = (await subscribe({}, immutable)).json
    await deliver('x')
    await told(1)
    const messageId = await onlyId(immutable)
    const resource = expect.stringMatching(new RegExp(`^Users/[0-9a-f-]{36}/Messages/${messageId}$`))
    expect(webhook.notifications[0]).toEqual({
      path: '/notify',
      contentType: 'application/json; charset=utf-8',
      body: {
        value: [
          {
            subscriptionId: id,
            subscriptionExpirationDateTime: expirationDateTime,
            changeType: 'created',
            resource,
            resourceData: {
              '@odata.type': '#Microsoft.Graph.Message',
              '@odata.id': resource,
              '@odata.etag': expect.stringMatching(/^W\//),
              id: messageId,
            },
            clientState: 'secret-of-the-client',
            tenantId,
          },
        ],
      },
    })
    expect((await graph.call('GET', `/${values()[0].resource}`)).status).toBe(200)
  })

  it('comes for the changes that were asked for, in the folder', async () => {
    await subscribe({ changeType: 'updated,deleted' })
    await deliver('x')
    const id = await onlyId()
    await graph.patch(`/messages/${id}`, { body: { isRead: true } })
    await told(1)
    const draft = (await graph.post('/messages', { body: { subject: 'elsewhere' } })).json.id
    await graph.patch(`/messages/${draft}`, { body: { isRead: false } })
    await graph.post(`/messages/${id}/move`, { body: { destinationId: 'drafts' } })
    await told(2)
    expect(values().map(({ changeType, resourceData }) => [changeType, resourceData.id])).toEqual([
      ['updated', id],
      ['deleted', id],
    ])
  })

  it('comes for the whole mailbox too, where a move is an update', async () => {
    await subscribe({ changeType: 'created,updated,deleted', resource: `users/${approvals}/messages` })
    await deliver('x')
    await told(1)
    await graph.post(`/messages/${await onlyId()}/move`, { body: { destinationId: 'drafts' } })
    await told(2)
    expect(values().map(({ changeType }) => changeType)).toEqual(['created', 'updated'])
  })

  it('comes again until it is taken, at ever longer distances', async () => {
    webhook.status = 503
    await subscribe()
    await deliver('x')
    await told(1)
    await expect.poll(waiting).toBe(1)
    await advance(10_000)
    await told(2)
    webhook.status = 202
    await expect.poll(waiting).toBe(1)
    await advance(10_000)
    expect(waiting()).toBe(1)
    await advance(10_000)
    await told(3)
    expect(values()).toEqual([values()[0], values()[0], values()[0]])
    await deliver('another')
    await told(4)
    await advance(3_600_000 / 2)
    await deliver('third')
    await told(5)
  })

  it('counts as lost when no answer came within 3 seconds', async () => {
    webhook.status = null
    await subscribe()
    await deliver('x')
    await told(1)
    webhook.status = 202
    await advance(3000)
    await expect.poll(waiting).toBe(1)
    await advance(10_000)
    await told(2)
  })

  it('is given up after four hours, and the client is told that it missed some', async () => {
    webhook.status = 500
    await subscribe({ expirationDateTime: await inMinutes(600) })
    await deliver('x')
    const isTold = () => webhook.notifications.at(-1)?.path === '/lifecycle'
    while (!isTold()) {
      await expect.poll(() => isTold() || waiting() > 0).toBe(true)
      if (!isTold()) await advance(600_000)
    }
    const given = webhook.notifications.filter(({ path }) => path === '/notify')
    expect(given.length).toBeGreaterThan(20)
    expect(webhook.notifications.at(-1)).toMatchObject({
      path: '/lifecycle',
      body: { value: [{ lifecycleEvent: 'missed', clientState: 'secret-of-the-client', tenantId }] },
    })
  })
})

describe('a lifecycle event', () => {
  const bringAbout = (event: string) =>
    control(simulator, 'POST', `/mailboxes/${approvals}/lifecycle`, { event })

  it('silences a subscription until it is authorised again', async () => {
    const { id } = (await subscribe()).json
    for (const authorise of [
      () => graph.call('POST', `/subscriptions/${id}/reauthorize`),
      async () =>
        graph.call('PATCH', `/subscriptions/${id}`, { body: { expirationDateTime: await inMinutes(30) } }),
    ]) {
      webhook.notifications.length = 0
      expect(await bringAbout('reauthorizationRequired')).toEqual({ told: 1 })
      await told(1)
      expect(webhook.notifications[0]).toMatchObject({
        path: '/lifecycle',
        body: { value: [{ subscriptionId: id, lifecycleEvent: 'reauthorizationRequired' }] },
      })
      await deliver('unheard')
      expect((await authorise()).status).toBeLessThan(300)
      await deliver('heard')
      await told(2)
      expect(webhook.notifications[1]?.path).toBe('/notify')
    }
  })

  it('removes a subscription, or tells that something was missed', async () => {
    const { id } = (await subscribe()).json
    await bringAbout('missed')
    await told(1)
    expect((await graph.call('GET', `/subscriptions/${id}`)).status).toBe(200)
    await bringAbout('subscriptionRemoved')
    await told(2)
    expect(values().map(({ lifecycleEvent }) => lifecycleEvent)).toEqual(['missed', 'subscriptionRemoved'])
    expect(errorOf(await graph.call('GET', `/subscriptions/${id}`))).toEqual([404, 'ResourceNotFound'])
    expect(await bringAbout('missed')).toEqual({ told: 0 })
    await expect(bringAbout('explode')).rejects.toThrow('"event" has a value that does not fit')
  })
})
