import { request } from 'node:http'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control, envelope, ewsClient, postToken, token } from './support/ews-client.ts'
import {
  createFromMime,
  field,
  findItem,
  getStreamingEvents,
  mail,
  subscribe,
} from './support/ews-requests.ts'

const mailbox = 'approvals@contoso.example'

let simulator: Simulator
let client: Awaited<ReturnType<typeof ewsClient>>
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  client = await ewsClient(simulator)
  await arrive('Größe – 12 €')
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const lay = (operation: string, answer: object) =>
  control(simulator, 'POST', '/faults', { operation, times: 1, answer })
const arrive = (subject: string) =>
  control(
    simulator,
    'POST',
    `/mailboxes/${mailbox}/messages`,
    mail({ From: 'anna.novak@fabrikam.example', To: mailbox, Subject: subject }),
  )

/** What came of an answer until its end or its cut, in the chunks of the wire. */
interface Received {
  chunks: Buffer[]
  isCut: boolean
}

function receive(
  operation: string,
  options: { headers?: Record<string, string>; onChunk?: (soFar: Buffer) => void } = {},
): Promise<Received> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const end = (isCut: boolean) => resolve({ chunks, isCut })
    const sent = request(
      `${simulator.http}/EWS/Exchange.asmx`,
      { method: 'POST', agent: false, headers: { ...client.headers, ...options.headers } },
      (response) => {
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          options.onChunk?.(Buffer.concat(chunks))
        })
        response.on('end', () => end(!response.complete))
        response.on('error', () => end(true))
      },
    )
    sent.on('error', () => end(true))
    sent.end(envelope(operation, mailbox))
  })
}

const find = findItem({ properties: field('item:Subject') })

describe('a whole answer', () => {
  it('comes whole in chunks of any size', async () => {
    const { octets } = await client.call(find)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: octets.length }), async (chunkBytes) => {
        await lay('FindItem', { chunkBytes })
        const { chunks, isCut } = await receive(find)
        expect(isCut).toBe(false)
        expect(Buffer.concat(chunks).equals(octets)).toBe(true)
      }),
      { numRuns: 20, examples: [[1]] },
    )
  })

  it('is cut behind any octet, in the middle of a character too', async () => {
    const { octets } = await client.call(find)
    const inCharacter = octets.indexOf(Buffer.from('€')) + 1
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: octets.length - 1 }), async (cutAfterBytes) => {
        await lay('FindItem', { chunkBytes: 7, cutAfterBytes })
        const { chunks, isCut } = await receive(find)
        expect(isCut).toBe(true)
        expect(Buffer.concat(chunks).equals(octets.subarray(0, cutAfterBytes))).toBe(true)
      }),
      { numRuns: 20, examples: [[0], [inCharacter], [octets.length - 1]] },
    )
  })

  it('is cut though the work is done', async () => {
    const nadia = 'nadia.belkacem@contoso.example'
    await lay('CreateItem', { cutAfterBytes: 100 })
    const { isCut } = await receive(createFromMime([mail({ To: nadia, Subject: 'x' })]))
    expect(isCut).toBe(true)
    expect(await control(simulator, 'GET', `/mailboxes/${nadia}/folders/inbox/messages`)).toHaveLength(1)
  })

  it('is not compressed when octets are counted', async () => {
    await lay('FindItem', { chunkBytes: 50 })
    const answer = await client.call(find, { 'accept-encoding': 'gzip' })
    expect(answer.headers['content-encoding']).toBeUndefined()
  })

  it('of the token endpoint is cut and sliced too', async () => {
    await lay('Token', { chunkBytes: 3 })
    expect(JSON.parse((await token(simulator)).body)).toHaveProperty('access_token')
    await lay('Token', { cutAfterBytes: 40 })
    await expect(postToken(simulator, 'grant_type=client_credentials')).rejects.toThrow('aborted')
  })
})

describe('a stream', () => {
  async function subscribed() {
    const answer = await client.call(subscribe(), { 'x-preferserveraffinity': 'true' })
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
    return { id: /<m:SubscriptionId>([^<]+)</.exec(answer.body)?.[1] ?? '', headers: { cookie } }
  }
  const isListening = () => expect.poll(() => simulator.world().hangingConnections.get(mailbox) ?? 0).toBe(1)

  it('brings whole envelopes in chunks of one octet', async () => {
    await lay('GetStreamingEvents', { chunkBytes: 1 })
    const { id, headers } = await subscribed()
    const stream = receive(getStreamingEvents(id, 1), { headers })
    await isListening()
    await arrive('Größe – 13 €')
    await control(simulator, 'POST', '/clock', { advanceMs: 60_000 })
    const { chunks, isCut } = await stream
    const text = Buffer.concat(chunks).toString()
    expect(isCut).toBe(false)
    expect(text.match(/<\/s:Envelope>/g)?.length).toBeGreaterThanOrEqual(3)
    expect(text).toContain('<t:NewMailEvent>')
    expect(text).toMatch(/<m:ConnectionStatus>Closed<\/m:ConnectionStatus>.*<\/s:Envelope>$/)
  })

  it('is cut in the middle of an envelope, at once or at a later event', async () => {
    for (const cutAfterBytes of [1, 400, 1500]) {
      await lay('GetStreamingEvents', { cutAfterBytes })
      const { id, headers } = await subscribed()
      let events = 0
      const { chunks, isCut } = await receive(getStreamingEvents(id), {
        headers,
        onChunk: (soFar) => {
          // Something happens once the first envelope is there, so that the stream goes on to the cut.
          if (soFar.includes('</s:Envelope>') && events++ === 0) void arrive('more')
        },
      })
      expect(isCut).toBe(true)
      expect(Buffer.concat(chunks)).toHaveLength(cutAfterBytes)
    }
    await expect.poll(() => simulator.world().hangingConnections.get(mailbox)).toBe(0)
  })
})
