import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control } from './support/ews-client.ts'
import { mail } from './support/ews-requests.ts'
import {
  approvals,
  elodie,
  errorOf,
  type GraphClient,
  graphClient,
  immutable,
} from './support/graph-client.ts'

let simulator: Simulator
let graph: GraphClient
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  graph = await graphClient(simulator)
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

interface Part {
  id: string
  method?: string
  url?: string
  headers?: Record<string, string>
  body?: unknown
  dependsOn?: string[]
}
interface PartAnswer {
  id: string
  status: number
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any
}

const inbox = (mailbox = approvals) => `/users/${mailbox}/mailFolders/inbox`
const postBatch = (requests: Part[]) =>
  graph.call('POST', '/$batch', {
    body: { requests: requests.map((part) => ({ method: 'GET', url: inbox(), ...part })) },
  })
async function batch(requests: Part[]) {
  const { status, json } = await postBatch(requests)
  expect(status).toBe(200)
  const responses: PartAnswer[] = json.responses
  const byId = Object.fromEntries(responses.map((response) => [response.id, response]))
  return { responses, byId, statuses: requests.map(({ id }) => byId[id]?.status) }
}
const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ id: String(index + 1) }))
const setGraph = (settings: object) => control(simulator, 'POST', '/tenant', { graph: settings })
const lay = (operation: string, answer: unknown, times = 1) =>
  control(simulator, 'POST', '/faults', { operation, times, answer })
const deliver = (Subject: string) =>
  control(
    simulator,
    'POST',
    `/mailboxes/${approvals}/messages`,
    mail({ From: 'anna.novak@fabrikam.example', Subject }, 'é\r\n'),
  )
const firstId = async () =>
  (await graph.get('/mailFolders/inbox/messages', { headers: immutable })).json.value[0].id as string
const calls = async () =>
  Object.fromEntries(
    (await control<{ operation: string }[]>(simulator, 'GET', '/calls')).map((entry) => [
      entry.operation,
      entry,
    ]),
  )

describe('a batch', () => {
  it('does what is asked, each part for itself', async () => {
    await deliver('x')
    const id = await firstId()
    const message = `/users/${approvals}/messages/${id}`
    const json = { 'Content-Type': 'application/json' }
    const { byId, statuses } = await batch([
      { id: 'raw', url: `${message}/$value` },
      { id: 'read', method: 'PATCH', url: message, headers: json, body: { isRead: true } },
      { id: 'absent', url: `/users/${approvals}/messages/AAMk` },
      { id: 'folder', url: `users/${elodie}/mailFolders/inbox?$select=displayName` },
    ])
    expect(statuses).toEqual([200, 200, 400, 200])
    expect(Buffer.from(byId.raw?.body, 'base64').toString()).toMatch(/Subject: x\r\n[\s\S]*\r\n\r\né\r\n$/)
    expect(byId.raw?.headers['Content-Type']).toBe('text/plain')
    expect(byId.read?.body.isRead).toBe(true)
    expect(byId.absent?.body.error.code).toBe('ErrorInvalidIdMalformed')
    expect(byId.folder?.body).toEqual({ id: expect.any(String), displayName: 'Inbox' })
  })

  it('takes MIME as text, and the headers of each part', async () => {
    const body = Buffer.from(mail({ From: approvals, To: elodie, Subject: 'x' })).toString('base64')
    const url = `/users/${approvals}/messages`
    const headers = { 'Content-Type': 'text/plain', Prefer: 'IdType="ImmutableId"' }
    const { byId } = await batch([{ id: '1', method: 'POST', url, headers, body }])
    expect(byId['1']?.status).toBe(201)
    const sent = await batch([{ id: '1', method: 'POST', url: `${url}/${byId['1']?.body.id}/send` }])
    expect(sent.byId['1']).toMatchObject({ status: 202, body: null })
    const kept = await graph.get(`/mailFolders/sentitems/messages/${byId['1']?.body.id}`)
    expect(kept.status).toBe(200)
  })

  it('answers in another order, always the same for a seed', async () => {
    await setGraph({ concurrency: null })
    const order = async () => (await batch(numbered(20))).responses.map(({ id }) => id)
    const asked = numbered(20).map(({ id }) => id)
    const shuffled = await order()
    expect(shuffled).not.toEqual(asked)
    expect([...shuffled].sort()).toEqual([...asked].sort())
    expect(await order()).toEqual(shuffled)
    await setGraph({ batchOrderSeed: 7 })
    expect(await order()).not.toEqual(shuffled)
    await setGraph({ batchOrderSeed: null })
    expect(await order()).toEqual(asked)
  })

  it('lets four parts at a time work on one mailbox', async () => {
    const { statuses, byId } = await batch([...numbered(6), { id: 'other', url: inbox(elodie) }])
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429, 200])
    expect(byId['5']).toMatchObject({
      headers: { 'Retry-After': '1' },
      body: {
        error: {
          code: 'ApplicationThrottled',
          message: 'Application is over its MailboxConcurrency limit.',
        },
      },
    })
  })

  it('lets twenty parts through in four lanes', async () => {
    const lanes = numbered(20).map(({ id }) => ({
      id,
      ...(Number(id) > 4 ? { dependsOn: [String(Number(id) - 4)] } : {}),
    }))
    expect((await batch(lanes)).statuses).toEqual(Array(20).fill(200))
    const five = numbered(20).map(({ id }) => ({
      id,
      ...(Number(id) > 5 ? { dependsOn: [String(Number(id) - 5)] } : {}),
    }))
    const statuses = (await batch(five)).statuses
    expect(statuses.filter((status) => status === 429)).toHaveLength(1)
    expect(statuses.filter((status) => status === 424)).toHaveLength(3)
  })

  it('does not do what depends on a failure', async () => {
    await deliver('x')
    const message = `/users/${approvals}/messages/${await firstId()}`
    const { statuses, byId } = await batch([
      { id: '3', method: 'POST', url: `${message}/permanentDelete`, dependsOn: ['2'] },
      { id: '2', dependsOn: ['1'] },
      { id: '1', url: `/users/${approvals}/messages/AAMk` },
      { id: '4' },
    ])
    expect(statuses).toEqual([424, 424, 400, 200])
    expect(byId['2']?.body.error.code).toBe('FailedDependency')
    expect((await graph.get('/mailFolders/inbox')).json.totalItemCount).toBe(1)
  })

  it.each([
    ['no part', []],
    ['21 parts', numbered(21)],
    ['one id twice', [{ id: 'A' }, { id: 'a' }]],
    ['a dependency on nothing', [{ id: '1', dependsOn: ['2'] }]],
    [
      'dependencies in a circle',
      [
        { id: '1', dependsOn: ['2'] },
        { id: '2', dependsOn: ['1'] },
      ],
    ],
    ['a whole URL', [{ id: '1', url: 'https://graph.microsoft.com/v1.0/users' }]],
    ['a batch inside', [{ id: '1', method: 'POST', url: '/$batch' }]],
    ['a body without its type', [{ id: '1', method: 'POST', url: inbox(), body: {} }]],
  ])('is refused with %s', async (_, requests: Part[]) => {
    expect(errorOf(await postBatch(requests))).toEqual([400, 'BadRequest'])
  })

  it('is refused when it is none', async () => {
    for (const body of [{}, { requests: [{ id: 1 }] }, { requests: 'x' }]) {
      expect(errorOf(await graph.call('POST', '/$batch', { body }))).toEqual([400, 'RequestBodyRead'])
    }
  })

  it('meets the faults of its parts', async () => {
    await lay('GetMailFolder', { error: 'ServiceUnavailable', status: 503, retryAfter: { seconds: 7 } })
    await lay('GetMailFolder', { status: 504, body: 'late' })
    const { byId, statuses } = await batch(numbered(3))
    expect(statuses).toEqual([503, 504, 200])
    expect(byId['1']?.headers['Retry-After']).toBe('7')
    expect(byId['1']?.body.error.code).toBe('ServiceUnavailable')
    expect(Buffer.from(byId['2']?.body, 'base64').toString()).toBe('late')
  })

  it('ends with the connection that one of its parts cuts, when the others are done', async () => {
    await deliver('x')
    const message = `/users/${approvals}/messages/${await firstId()}`
    await lay('GetMailFolder', 'cut')
    const requests = [{ id: '1' }, { id: '2', method: 'POST', url: `${message}/permanentDelete` }]
    await expect(postBatch(requests)).rejects.toThrow()
    expect((await graph.get('/mailFolders/inbox')).json.totalItemCount).toBe(0)
  })

  it('counts one request, and a unit for each part', async () => {
    await control(simulator, 'DELETE', '/calls')
    await batch(numbered(6))
    await graph.get('/mailFolders/inbox')
    expect(await calls()).toMatchObject({
      Batch: { count: 1, units: 0, items: 6 },
      GetMailFolder: { count: 1, units: 7 },
    })
  })
})

describe('a mailbox', () => {
  it('is the same to the parts of all batches that are on their way', async () => {
    const setRoundTrip = (roundTripMs: number) => control(simulator, 'POST', '/tenant', { roundTripMs })
    await setRoundTrip(600_000)
    const held = postBatch(numbered(3)).catch(() => 'ended with the simulator')
    const atWork = () => [...simulator.world().graph.inFlight.values()]
    await expect.poll(atWork).toEqual([3])
    await setRoundTrip(0)
    expect((await batch(numbered(3))).statuses).toEqual([200, 429, 429])
    expect(await Promise.race([held, 'still held'])).toBe('still held')
  })

  it('lets four requests of an app work at a time', async () => {
    await lay('GetMailFolder', { waitMs: 600_000 }, 4)
    const held = Array.from({ length: 4 }, () =>
      graph.get('/mailFolders/inbox').catch(() => 'ended with the simulator'),
    )
    await expect.poll(() => control(simulator, 'GET', '/faults')).toEqual([])
    const refused = await graph.get('/mailFolders/inbox')
    expect(errorOf(refused)).toEqual([429, 'ApplicationThrottled'])
    expect(refused.headers['retry-after']).toBe('1')
    expect((await graph.call('GET', inbox(elodie))).status).toBe(200)
    expect(await Promise.race([...held, 'still held'])).toBe('still held')
    await control(simulator, 'POST', '/reset')
    expect((await graph.get('/mailFolders/inbox')).status).toBe(200)
  })
})

describe('a fault', () => {
  it.each([
    [429, 'ApplicationThrottled'],
    [503, 'ServiceUnavailable'],
    [504, 'GatewayTimeout'],
  ])('answers with %i %s and Retry-After', async (status, error) => {
    await lay('ListMessages', { error, status, message: 'Later, please.', retryAfter: { seconds: 5 } }, 2)
    for (let call = 0; call < 2; call += 1) {
      const answer = await graph.get('/messages')
      expect(errorOf(answer)).toEqual([status, error])
      expect([answer.json.error.message, answer.headers['retry-after']]).toEqual(['Later, please.', '5'])
    }
    expect((await graph.get('/messages')).status).toBe(200)
  })

  it('cuts the connection before the work, or within the answer', async () => {
    await deliver('x')
    const id = await firstId()
    await lay('PermanentDeleteMessage', 'cut')
    await expect(graph.post(`/messages/${id}/permanentDelete`)).rejects.toThrow()
    expect((await graph.get(`/messages/${id}`)).status).toBe(200)
    await lay('GetMessageValue', { chunkBytes: 7, cutAfterBytes: 40 })
    await expect(graph.get(`/messages/${id}/$value`)).rejects.toThrow()
    await lay('GetMessageValue', { chunkBytes: 7 })
    expect((await graph.get(`/messages/${id}/$value`)).body).toContain('Subject: x')
  })

  it('is of the kind that its operation knows', async () => {
    await expect(lay('GetMessage', { code: 'ErrorServerBusy' })).rejects.toThrow('give Graph an "error"')
    await expect(lay('GetItem', { error: 'x', status: 503 })).rejects.toThrow('give EWS an "code"')
    await expect(lay('GetMessage', { error: 'x' })).rejects.toThrow('"status" is missing')
  })
})

describe('the calls', () => {
  it('are counted by operation, refused ones too', async () => {
    await deliver('x')
    await control(simulator, 'DELETE', '/calls')
    const { octets } = await graph.get('/mailFolders/inbox/messages')
    await graph.get('/messages/AAMk')
    await graph.call('GET', '/groups')
    await graph.get('/messages', { headers: { authorization: '' } })
    expect(await calls()).toMatchObject({
      ListMessages: { count: 2, units: 2, items: 1 },
      GetMessage: { count: 1, items: 1 },
      UnknownGraph: { count: 1 },
    })
    await control(simulator, 'DELETE', '/calls')
    await graph.get('/mailFolders/inbox/messages')
    expect((await calls()).ListMessages).toMatchObject({ bytes: octets.length })
  })
})
