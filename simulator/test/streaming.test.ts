import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { all, control, envelope, ewsClient, responseCodes } from './support/ews-client.ts'
import {
  getEvents,
  getStreamingEvents,
  mail,
  moveItem,
  subscribe,
  subscribeToPull,
} from './support/ews-requests.ts'

const address = 'approvals@contoso.example'
const raw = mail({ From: 'anna.novak@fabrikam.example', To: address, Subject: 'x' })

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

const arrive = async () =>
  (await control<{ id: string }>(simulator, 'POST', `/mailboxes/${address}/messages`, raw)).id
const advance = (advanceMs: number) => control(simulator, 'POST', '/clock', { advanceMs })

interface Subscription {
  id: string
  cookie: string
}

async function open(events?: string[]): Promise<Subscription> {
  const answer = await client.call(subscribe(events), { 'x-preferserveraffinity': 'true' })
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
  return { id: /<m:SubscriptionId>([^<]+)</.exec(answer.body)?.[1] ?? '', cookie }
}

/** A connection whose envelopes are taken one at a time; `next` waits for the one after. */
async function listen({ id, cookie }: Subscription, minutes = 30) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(
      new URL(simulator.ewsUrl),
      { method: 'POST', ca: simulator.caPem, agent: false, headers: { ...client.headers, cookie } },
      resolve,
    )
    sent.on('error', reject)
    sent.end(envelope(getStreamingEvents(id, minutes), address))
  })
  const chunks: string[] = []
  let text = ''
  let wake = () => {}
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    chunks.push(chunk)
    text += chunk
    wake()
  })
  const ended = new Promise<void>((resolve) => response.once('end', resolve))
  const cut = new Promise<void>((resolve) => response.once('error', () => resolve()))
  return {
    chunks,
    ended,
    cut,
    close: () => response.destroy(),
    async next(): Promise<string> {
      for (;;) {
        const end = text.indexOf('</s:Envelope>')
        if (end >= 0) {
          const found = text.slice(0, end + '</s:Envelope>'.length)
          text = text.slice(found.length)
          return found
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

describe('a streaming connection', () => {
  it('opens with OK, tells of new mail, and closes when its time is over', async () => {
    const stream = await listen(await open(), 5)
    expect(await stream.next()).toContain('<m:ConnectionStatus>OK</m:ConnectionStatus>')
    const id = await arrive()
    const told = await stream.next()
    expect(told).toContain('<m:Notification><t:SubscriptionId>')
    expect(/<t:NewMailEvent>.*<t:ItemId Id="([^"]+)"/.exec(told)?.[1]).toBe(id)
    await advance(5 * 60_000)
    let last = await stream.next()
    while (last.includes('OK')) last = await stream.next()
    expect(last).toContain('<m:ConnectionStatus>Closed</m:ConnectionStatus>')
    await stream.ended
  })

  it('cuts envelopes into chunks', async () => {
    const stream = await listen(await open())
    await stream.next()
    expect(stream.chunks.length).toBeGreaterThan(1)
    expect(stream.chunks[0]).not.toContain('</s:Envelope>')
    stream.close()
  })

  it('beats between events', async () => {
    await control(simulator, 'POST', '/tenant', { heartbeatSeconds: 40 })
    const stream = await listen(await open())
    await stream.next()
    await advance(40_000)
    expect(await stream.next()).toContain('<m:ConnectionStatus>OK</m:ConnectionStatus>')
    stream.close()
  })

  it('names both places of a move', async () => {
    const id = await arrive()
    const stream = await listen(await open(['MovedEvent']))
    await stream.next()
    await client.call(moveItem([id], '<t:DistinguishedFolderId Id="junkemail"/>'))
    const told = await stream.next()
    expect(told).toMatch(/<t:MovedEvent><t:TimeStamp>.*<t:OldItemId Id="/)
    expect(/<t:OldItemId Id="([^"]+)"/.exec(told)?.[1]).toBe(id)
    stream.close()
  })

  it('gives way to a newer one on the same subscription', async () => {
    const subscription = await open()
    const older = await listen(subscription)
    await older.next()
    const newer = await listen(subscription)
    expect(responseCodes(await older.next())).toEqual(['ErrorNewEventStreamConnectionOpened'])
    await older.ended
    await newer.next()
    await arrive()
    expect(await newer.next()).toContain('<t:NewMailEvent>')
    newer.close()
  })
})

describe('streaming connections', () => {
  it('are ten to a mailbox', async () => {
    const streams = []
    for (let index = 0; index < 10; index += 1) streams.push(await listen(await open()))
    const eleventh = await listen(await open())
    expect(responseCodes(await eleventh.next())).toEqual(['ErrorExceededConnectionCount'])
    for (const stream of streams) stream.close()
    await expect.poll(() => simulator.world().hangingConnections.get(address)).toBe(0)
    const next = await listen(await open())
    expect(responseCodes(await next.next())).toEqual(['NoError'])
    next.close()
  })
})

describe('a subscription is not found', () => {
  const codes = async (subscription: Subscription) => {
    const stream = await listen(subscription)
    const first = await stream.next()
    stream.close()
    return { codes: responseCodes(first), body: first }
  }

  it('by a wrong id, by another server, after its end and after half an hour alone', async () => {
    const subscription = await open()
    const unknown = await codes({ ...subscription, id: 'AAAA' })
    expect(unknown.codes).toEqual(['ErrorSubscriptionNotFound'])
    expect(unknown.body).toContain('<m:ErrorSubscriptionIds><m:SubscriptionId>AAAA<')
    expect((await codes({ ...subscription, cookie: '' })).codes).toEqual(['ErrorSubscriptionNotFound'])
    expect((await codes(subscription)).codes).toEqual(['NoError'])
    const other = await open()
    await client.call(`<m:Unsubscribe><m:SubscriptionId>${other.id}</m:SubscriptionId></m:Unsubscribe>`)
    expect((await codes(other)).codes).toEqual(['ErrorSubscriptionNotFound'])
    const idle = await open()
    await advance(31 * 60_000)
    expect((await codes(idle)).codes).toEqual(['ErrorSubscriptionNotFound'])
  })

  it('when Subscribe did not ask for server affinity', async () => {
    const { body } = await client.call(subscribe())
    const id = /<m:SubscriptionId>([^<]+)</.exec(body)?.[1] ?? ''
    expect((await codes({ id, cookie: '' })).codes).toEqual(['ErrorSubscriptionNotFound'])
  })
})

describe('a mailbox that moves to another server', () => {
  it('loses its subscriptions: who listens is told, who comes later too', async () => {
    const [heard, quiet] = [await open(), await open()]
    const stream = await listen(heard)
    await stream.next()
    await control(simulator, 'DELETE', `/mailboxes/${address}/subscriptions`)
    const told = await stream.next()
    expect(responseCodes(told)).toEqual(['ErrorSubscriptionNotFound'])
    expect(told).toContain(`<m:SubscriptionId>${heard.id}</m:SubscriptionId>`)
    await stream.ended
    const late = await listen(quiet)
    expect(responseCodes(await late.next())).toEqual(['ErrorSubscriptionNotFound'])
    const anew = await listen(await open())
    expect(responseCodes(await anew.next())).toEqual(['NoError'])
    anew.close()
  })
})

describe('a broken connection', () => {
  it('leaves the subscription; what happened meanwhile is lost', async () => {
    const subscription = await open()
    const stream = await listen(subscription)
    await stream.next()
    await control(simulator, 'DELETE', `/mailboxes/${address}/streams`)
    await stream.cut
    await arrive()
    const again = await listen(subscription)
    expect(await again.next()).toContain('<m:ConnectionStatus>OK<')
    const id = await arrive()
    expect(/<t:ItemId Id="([^"]+)"/.exec(await again.next())?.[1]).toBe(id)
    again.close()
  })
})

describe('a pull subscription', () => {
  async function openPull(events: string[], minutes = 5) {
    const { body } = await client.call(subscribeToPull(events, minutes))
    const [, id = '', watermark = ''] = /<m:SubscriptionId>([^<]+)<.*<m:Watermark>([^<]+)</.exec(body) ?? []
    return { id, watermark }
  }
  async function pull(id: string, watermark: string) {
    const { body } = await client.call(getEvents(id, watermark))
    return {
      codes: responseCodes(body),
      kinds: all(body, /<t:(\w+)Event>/),
      watermark: all(body, /<t:Watermark>([^<]+)</).at(-1) ?? '',
      hasMore: body.includes('<t:MoreEvents>true<'),
    }
  }

  it('keeps events until its client asks, and tells them again from the same watermark', async () => {
    const { id, watermark } = await openPull(['NewMailEvent', 'MovedEvent'])
    const item = await arrive()
    await client.call(moveItem([item], '<t:DistinguishedFolderId Id="junkemail"/>'))
    const first = await pull(id, watermark)
    expect(first.kinds).toEqual(['NewMail', 'Moved'])
    expect(await pull(id, watermark)).toEqual(first)
    expect((await pull(id, first.watermark)).kinds).toEqual(['Status'])
  })

  it('gives them page by page', async () => {
    const { id, watermark } = await openPull(['NewMailEvent'])
    for (let index = 0; index < 60; index += 1) await arrive()
    const first = await pull(id, watermark)
    expect([first.kinds.length, first.hasMore]).toEqual([50, true])
    const second = await pull(id, first.watermark)
    expect([second.kinds.length, second.hasMore]).toEqual([10, false])
  })

  it('ends when its client stays away longer than agreed, or ends it', async () => {
    const { id, watermark } = await openPull(['NewMailEvent'], 5)
    await advance(4 * 60_000)
    expect((await pull(id, watermark)).codes).toEqual(['NoError'])
    await advance(4 * 60_000)
    expect((await pull(id, watermark)).codes).toEqual(['NoError'])
    await advance(6 * 60_000)
    expect((await pull(id, watermark)).codes).toEqual(['ErrorSubscriptionNotFound'])
    const other = await openPull(['NewMailEvent'])
    await client.call(`<m:Unsubscribe><m:SubscriptionId>${other.id}</m:SubscriptionId></m:Unsubscribe>`)
    expect((await pull(other.id, other.watermark)).codes).toEqual(['ErrorSubscriptionNotFound'])
  })

  it('is no streaming one, and the other way round', async () => {
    const { id, watermark } = await openPull(['NewMailEvent'])
    const streaming = await open()
    expect((await pull(streaming.id, watermark)).codes).toEqual(['ErrorInvalidPullSubscriptionId'])
    const stream = await listen({ id, cookie: '' })
    expect(responseCodes(await stream.next())).toEqual(['ErrorSubscriptionNotFound'])
    expect((await pull(id, 'AAAA')).codes).toEqual(['ErrorInvalidWatermark'])
  })
})

describe('Subscribe', () => {
  it('gives a mailbox twenty', async () => {
    for (let index = 0; index < 20; index += 1) expect((await open()).id).not.toBe('')
    expect(responseCodes((await client.call(subscribe())).body)).toEqual(['ErrorExceededSubscriptionCount'])
  })
})
