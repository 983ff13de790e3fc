import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { type Answer, control, ewsClient, responseCodes, token } from './support/ews-client.ts'
import { findItem, getItem, mail, syncFolderItems } from './support/ews-requests.ts'

const mailbox = 'approvals@contoso.example'
const noon = Date.parse('2026-11-25T12:00:00Z')

let simulator: Simulator
let client: Awaited<ReturnType<typeof ewsClient>>
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  client = await ewsClient(simulator)
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const set = (settings: object) => control(simulator, 'POST', '/tenant', settings)
const advance = (advanceMs: number) => control(simulator, 'POST', '/clock', { advanceMs })
const lay = (operation: string, answer: object) =>
  control(simulator, 'POST', '/faults', { operation, times: 1, answer })
const backOff = ({ body }: Answer) => Number(/Name="BackOffMilliseconds">(\d+)</.exec(body)?.[1])
const faultCode = ({ body }: Answer) => /<e:ResponseCode[^>]*>([^<]+)</.exec(body)?.[1]

async function arrive(times: number): Promise<string[]> {
  const raw = mail({ From: 'anna.novak@fabrikam.example', To: mailbox, Subject: 'x' })
  const ids: string[] = []
  for (let index = 0; index < times; index += 1)
    ids.push((await control<{ id: string }>(simulator, 'POST', `/mailboxes/${mailbox}/messages`, raw)).id)
  return ids
}

describe('a used-up budget', () => {
  it('is told by 503 and Retry-After, and earned again with time', async () => {
    await set({ throttling: { itemsPerMinute: 2, as: 'http' } })
    expect((await client.call(syncFolderItems())).status).toBe(200)
    expect((await client.call(syncFolderItems())).status).toBe(200)
    const busy = await client.call(syncFolderItems())
    expect([busy.status, busy.body]).toEqual([503, ''])
    const seconds = Number(busy.headers['retry-after'])
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(30)
    await advance(seconds * 1000)
    expect((await client.call(syncFolderItems())).status).toBe(200)
    expect((await client.call(syncFolderItems())).status).toBe(503)
  })

  it('is told by a SOAP fault with BackOffMilliseconds; a large batch has to be earned again first', async () => {
    const ids = await arrive(10)
    await set({ throttling: { itemsPerMinute: 10, as: 'fault' } })
    await client.call(getItem(ids.slice(0, 5)))
    expect(responseCodes((await client.call(getItem(ids))).body)).toEqual(Array(10).fill('NoError'))
    const busy = await client.call(getItem(ids.slice(0, 1)))
    expect([busy.status, faultCode(busy)]).toEqual([500, 'ErrorServerBusy'])
    // Without the debt of five items it would be one item's time.
    expect(backOff(busy)).toBeGreaterThan(6_000)
    expect(backOff(busy)).toBeLessThanOrEqual(36_000)
    await advance(backOff(busy))
    expect((await client.call(getItem(ids.slice(0, 1)))).status).toBe(200)
  })

  it('is told within a 200 from the item on where it ended', async () => {
    const ids = await arrive(5)
    await set({ throttling: { itemsPerMinute: 3, as: 'response' } })
    const answer = await client.call(getItem(ids))
    expect(answer.status).toBe(200)
    expect(responseCodes(answer.body)).toEqual([
      ...Array(3).fill('NoError'),
      'ErrorServerBusy',
      'ErrorBatchProcessingStopped',
    ])
    const busy = await client.call(getItem(ids))
    expect(responseCodes(busy.body)).toEqual([
      'ErrorServerBusy',
      ...Array(4).fill('ErrorBatchProcessingStopped'),
    ])
    await advance(backOff(busy))
    expect(responseCodes((await client.call(getItem(ids.slice(0, 2)))).body)).toEqual([
      'NoError',
      'ErrorServerBusy',
    ])
  })

  it('is that of one mailbox', async () => {
    await set({ throttling: { itemsPerMinute: 1, as: 'http' } })
    await client.call(syncFolderItems())
    expect((await client.call(syncFolderItems())).status).toBe(503)
    const other = await ewsClient(simulator, 'nadia.belkacem@contoso.example')
    expect((await other.call(syncFolderItems())).status).toBe(200)
  })

  it('never holds more than one minute gives', async () => {
    await set({ throttling: { itemsPerMinute: 2, as: 'http' } })
    await client.call(syncFolderItems())
    await advance(3_000_000)
    const statuses = []
    for (let call = 0; call < 3; call += 1) statuses.push((await client.call(syncFolderItems())).status)
    expect(statuses).toEqual([200, 200, 503])
  })
})

describe('Retry-After', () => {
  it.each([429, 503])('stands as seconds or as a date beside %i', async (status) => {
    await control(simulator, 'POST', '/clock', { offsetMs: noon - Date.now() })
    client = await ewsClient(simulator)
    await lay('FindItem', { status, retryAfter: { seconds: 7 } })
    const inSeconds = await client.call(findItem({}))
    expect([inSeconds.status, inSeconds.headers['retry-after']]).toEqual([status, '7'])
    await lay('FindItem', { status, retryAfter: { seconds: 90, as: 'date' } })
    const { headers } = await client.call(findItem({}))
    expect(headers['retry-after']).toMatch(/^Wed, 25 Nov 2026 12:0\d:\d\d GMT$/)
    const distance = Date.parse(String(headers['retry-after'])) - Date.parse(String(headers.date))
    expect([89_000, 90_000]).toContain(distance)
  })

  it('stands beside a SOAP fault and beside errors in a 200', async () => {
    await lay('FindItem', { code: 'ErrorServerBusy', retryAfter: { seconds: 3 } })
    expect((await client.call(findItem({}))).headers['retry-after']).toBe('3')
    await lay('FindItem', { code: 'ErrorServerBusy', as: 'response', retryAfter: { seconds: 4 } })
    const answer = await client.call(findItem({}))
    expect([answer.status, answer.headers['retry-after']]).toEqual([200, '4'])
  })

  it.each([
    [90033, 503],
    [90055, 429],
    [50196, 429],
    [90100, 500],
  ])('stands beside the token error %i', async (aadsts, status) => {
    await lay('Token', { aadsts, retryAfter: { seconds: 5 } })
    const answer = await token(simulator)
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, '5'])
    expect(JSON.parse(answer.body).error_codes).toEqual([aadsts])
    expect((await token(simulator)).status).toBe(200)
  })
})

describe('EWSMaxConcurrency', () => {
  it('refuses one call more for the same mailbox, and no call for another', async () => {
    await set({ concurrency: 2 })
    const wait = { operation: 'SyncFolderItems', times: 2, answer: { waitMs: 600_000 } }
    await control(simulator, 'POST', '/faults', wait)
    const held = [client.call(syncFolderItems()), client.call(syncFolderItems())]
    const ended = Promise.allSettled(held)
    await expect.poll(() => simulator.world().inFlight.get(mailbox)).toBe(2)
    const refused = await client.call(findItem({}))
    expect([refused.status, faultCode(refused)]).toEqual([500, 'ErrorExceededConnectionCount'])
    const other = await ewsClient(simulator, 'nadia.belkacem@contoso.example')
    expect((await other.call(findItem({}))).status).toBe(200)
    await set({ concurrency: 3 })
    expect((await client.call(findItem({}))).status).toBe(200)
    await simulator.close()
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    simulator = await startSimulator()
  })

  it('is 27 to begin with', async () => {
    expect(await control(simulator, 'GET', '/tenant')).toMatchObject({ concurrency: 27 })
  })
})
