import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control, ewsClient, http, responseCodes, token } from './support/ews-client.ts'
import { createFromMime, getItem, mail, syncFolderItems } from './support/ews-requests.ts'

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

const lay = (operation: string, answer: unknown, times = 1) =>
  control(simulator, 'POST', '/faults', { operation, times, answer })
const message = mail({ To: 'nadia.belkacem@contoso.example', Subject: 'x' })
const received = () =>
  control<unknown[]>(simulator, 'GET', '/mailboxes/nadia.belkacem@contoso.example/folders/inbox/messages')

describe('a fault', () => {
  it('answers with an HTTP status as often as it was laid', async () => {
    await lay('SyncFolderItems', { status: 503, headers: { 'retry-after': '7' }, body: 'busy' }, 2)
    for (let call = 0; call < 2; call += 1) {
      const answer = await client.call(syncFolderItems())
      expect([answer.status, answer.headers['retry-after'], answer.body]).toEqual([503, '7', 'busy'])
    }
    expect((await client.call(syncFolderItems())).status).toBe(200)
  })

  it('answers with a SOAP fault', async () => {
    await lay('SyncFolderItems', { code: 'ErrorServerBusy', backOffMilliseconds: 297_749 })
    const answer = await client.call(syncFolderItems())
    expect(answer.status).toBe(500)
    expect(answer.body).toContain('>a:ErrorServerBusy</faultcode>')
    expect(answer.body).toContain(
      '<t:MessageXml><t:Value Name="BackOffMilliseconds">297749</t:Value></t:MessageXml>',
    )
  })

  it('answers with the error of every response message', async () => {
    await lay('GetItem', { code: 'ErrorServerBusy', as: 'response', backOffMilliseconds: 1000 })
    const answer = await client.call(getItem(['AAMkAA1=', 'AAMkAA2=']))
    expect(answer.status).toBe(200)
    expect(responseCodes(answer.body)).toEqual(['ErrorServerBusy', 'ErrorServerBusy'])
  })

  it('cuts the connection before the work', async () => {
    await lay('CreateItem', 'cut')
    await expect(client.call(createFromMime([message]))).rejects.toThrow()
    expect(await received()).toHaveLength(0)
    expect(responseCodes((await client.call(createFromMime([message]))).body)).toEqual(['NoError'])
  })

  it('cuts the connection after the work', async () => {
    await lay('CreateItem', 'cutAfter')
    await expect(client.call(createFromMime([message]))).rejects.toThrow()
    expect(await received()).toHaveLength(1)
  })

  it('holds a call back, and answers it as usual', async () => {
    await lay('SyncFolderItems', { waitMs: 1 })
    expect((await client.call(syncFolderItems())).status).toBe(200)
    await lay('SyncFolderItems', { waitMs: 600_000 })
    const held = client.call(syncFolderItems()).catch(() => 'ended with the simulator')
    await expect.poll(() => control(simulator, 'GET', '/faults')).toEqual([])
    expect((await client.call(syncFolderItems())).status).toBe(200)
    expect(await Promise.race([held, 'still held'])).toBe('still held')
  })

  it('meets the token endpoint too', async () => {
    await lay('Token', { status: 429, headers: { 'retry-after': '1' } })
    expect((await token(simulator)).status).toBe(429)
    expect((await token(simulator)).status).toBe(200)
    await lay('Token', 'cutAfter')
    await expect(token(simulator)).rejects.toThrow()
  })

  it('is taken in the order of laying, and listed until it is used up', async () => {
    await lay('GetItem', { status: 500 })
    await lay('GetItem', { status: 502 }, 3)
    expect((await client.call(getItem(['AAMkAA1=']))).status).toBe(500)
    expect(await control(simulator, 'GET', '/faults')).toEqual([
      { operation: 'GetItem', times: 3, answer: { status: 502 } },
    ])
    expect((await client.call(getItem(['AAMkAA1=']))).status).toBe(502)
    await control(simulator, 'DELETE', '/faults')
    expect((await client.call(getItem(['AAMkAA1=']))).status).toBe(200)
  })
})

describe('the calls', () => {
  it('are counted with their items, whatever became of them', async () => {
    await control(simulator, 'DELETE', '/calls')
    await client.call(createFromMime([message, message, message]))
    await client.call(getItem(['AAMkAA1=', 'AAMkAA2=']))
    await lay('GetItem', 'cut')
    await expect(client.call(getItem(['AAMkAA1=']))).rejects.toThrow()
    await http(simulator, 'POST', simulator.ewsUrl, client.headers, 'nonsense')
    const calls = await control<{ operation: string; bytes: number }[]>(simulator, 'GET', '/calls')
    expect(calls).toMatchObject([
      { operation: 'CreateItem', count: 1, items: 3 },
      { operation: 'GetItem', count: 2, items: 2 },
      { operation: 'Unreadable', count: 1, items: 0 },
    ])
    const { body } = await client.call(syncFolderItems())
    expect((await control<typeof calls>(simulator, 'GET', '/calls')).at(-1)).toMatchObject({
      operation: 'SyncFolderItems',
      bytes: Buffer.byteLength(body),
    })
  })
})

describe('the control API', () => {
  it.each([
    ['POST', '/tenant', { ewsEnable: true }, '"ewsEnable" is not known'],
    ['POST', '/tenant', { roundTripMs: -1 }, '"roundTripMs" has a value that does not fit'],
    ['POST', '/tenant', { apps: [{ secrets: [] }] }, '"id" is missing'],
    ['POST', '/faults', { operation: 'GetItem', times: 1, answer: 'explode' }, '"answer" is'],
    [
      'POST',
      '/faults',
      { operation: 'GetItems', times: 1, answer: 'cut' },
      '"operation" has a value that does not fit',
    ],
    [
      'POST',
      '/faults',
      { operation: 'Token', times: 1, answer: { code: 'ErrorServerBusy' } },
      'is an error of EWS',
    ],
    ['POST', '/clock', {}, 'either "offsetMs" or "advanceMs" is needed'],
    ['POST', '/mailboxes', { address: 'nadia' }, '"address" has a value that does not fit'],
    [
      'POST',
      '/mailboxes',
      { address: 'nadia.belkacem@contoso.example' },
      '409  nadia.belkacem@contoso.example has a mailbox already',
    ],
    ['POST', '/mailboxes/approvals@contoso.example/messages?as=friend', undefined, '"as" is one of internal'],
    ['GET', '/mailboxes/nobody@contoso.example/folders', undefined, '404'],
    ['GET', '/mailboxes/approvals@contoso.example/folders/Archive/messages', undefined, '404'],
    ['GET', '/nothing', undefined, '404'],
  ])('says what is wrong with %s %s %j', async (method, path, body, reason) => {
    await expect(control(simulator, method, path, body)).rejects.toThrow(reason)
  })

  it('starts over', async () => {
    await control(simulator, 'POST', '/mailboxes', { address: 'guest@litware.example' })
    await control(simulator, 'POST', '/tenant', { ewsEnabled: false })
    await control(simulator, 'POST', '/reset')
    const mailboxes = await control<{ address: string; tenant: string | null }[]>(
      simulator,
      'GET',
      '/mailboxes',
    )
    expect(mailboxes.map(({ address }) => address)).not.toContain('guest@litware.example')
    expect((await client.call(syncFolderItems())).status).toBe(200)
    expect(mailboxes.filter(({ tenant }) => tenant === null).map(({ address }) => address)).toEqual([
      'anna.novak@fabrikam.example',
    ])
  })
})

describe('a second tenant', () => {
  it('is another organisation: its mail comes from outside, its mailboxes are closed to the first one', async () => {
    const tenant = {
      id: '99999999-2222-3333-4444-555555555555',
      displayName: 'Litware',
      domains: ['litware.example'],
    }
    await control(simulator, 'POST', '/tenants', tenant)
    await expect(control(simulator, 'POST', '/tenants', tenant)).rejects.toThrow('409')
    const finance = 'finance@litware.example'
    expect(await control(simulator, 'POST', '/mailboxes', { address: finance })).toMatchObject({
      tenant: tenant.id,
    })
    expect((await (await ewsClient(simulator, finance)).call(syncFolderItems())).body).toContain(
      'ErrorNonExistentMailbox',
    )
    await control(
      simulator,
      'POST',
      `/mailboxes/${finance}/submit`,
      mail({ To: 'nadia.belkacem@contoso.example' }),
    )
    const [item] = await control<{ id: string }[]>(
      simulator,
      'GET',
      '/mailboxes/nadia.belkacem@contoso.example/folders/inbox/messages',
    )
    const path = `/_sim/mailboxes/nadia.belkacem@contoso.example/folders/inbox/messages/${encodeURIComponent(item?.id ?? '')}`
    const { body } = await http(simulator, 'GET', `${simulator.http}${path}`)
    expect(body).toContain('X-MS-Exchange-Organization-AuthAs: Anonymous')
  })
})
