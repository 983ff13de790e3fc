import { expect, test } from 'vitest'
import {
  address,
  type GraphAnswer,
  type GraphCall,
  startScriptedGraph,
} from '../../../test/support/scripted-graph.ts'
import type { ReceiveRequest } from '../mailbox.ts'

const signal = new AbortController().signal
const startFrom = new Date('2026-11-01T00:00:00Z')

interface Given {
  id: string
  receivedAt?: string
  to?: string
  size?: number
  headers?: { name: string; value: string }[] | null
}

/** A message as Graph lists it; ours when the address it was sent to has a tag. */
function listed({
  id,
  receivedAt = '2026-11-20T08:00:00Z',
  to = 'approvals+tag@contoso.example',
  size = 2_000,
  headers,
}: Given) {
  const fields = headers === undefined ? [{ name: 'To', value: `<${to}>` }] : headers
  return {
    id,
    subject: `RE: ${id}`,
    receivedDateTime: receivedAt,
    toRecipients: [{ emailAddress: { name: 'Approvals', address } }],
    ...(fields === null ? {} : { internetMessageHeaders: fields }),
    singleValueExtendedProperties: [
      { id: 'Integer 0xe08', value: String(size) },
      { id: 'String 0x1a', value: 'IPM.Note' },
    ],
  }
}

function page(messages: object[], link: { next?: string; delta?: string }): GraphAnswer {
  return {
    status: 200,
    body: {
      value: messages,
      ...(link.next ? { '@odata.nextLink': link.next } : {}),
      ...(link.delta ? { '@odata.deltaLink': link.delta } : {}),
    },
  }
}

function content({ url }: GraphCall): GraphAnswer {
  const raw = Buffer.from(`Subject: ${url}\r\n\r\nYES`)
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: raw.toString('base64') }
}

function request(more: Partial<ReceiveRequest> = {}): ReceiveRequest {
  return {
    cursor: null,
    startFrom,
    areOurs: async (heads) => heads.map(({ recipients }) => recipients.some((one) => one.includes('+tag@'))),
    isKnown: async () => new Set(),
    limit: { messages: 200, bytes: 32 * 1024 * 1024 },
    signal,
    ...more,
  }
}

test('reads the headers on the page, fetches only what is ours, and goes on by the links as they are', async () => {
  const graph = await startScriptedGraph((call, number) => {
    if (call.url.includes('/$value')) return content(call)
    const { origin } = graph
    if (number === 1) {
      const messages = [listed({ id: 'M1' }), listed({ id: 'other', to: 'info@contoso.example' })]
      return page(messages, { next: `${origin}/v1.0/opaque?$skiptoken=a%2Bb` })
    }
    return page([listed({ id: 'M2' })], { delta: `${origin}/v1.0/opaque?$deltatoken=z` })
  })
  const received = await graph.mailbox.receive(request())
  expect(received.messages.map(({ providerId }) => providerId)).toEqual(['M1', 'M2'])
  expect(received).toMatchObject({ failed: [], more: false })
  const [first] = received.messages
  expect(Buffer.from(first?.raw ?? []).toString()).toContain('YES')
  expect(first).toMatchObject({
    folder: 'inbox',
    receivedAt: new Date('2026-11-20T08:00:00Z'),
    originalOctets: false,
    transportHeaders: 'To: <approvals+tag@contoso.example>\r\n',
    itemClass: 'IPM.Note',
  })
  const pages = graph.requests.filter(({ method }) => method === 'GET')
  expect(pages[0]?.headers.prefer).toBe('IdType="ImmutableId", odata.maxpagesize=100')
  expect(pages[0]?.path).toContain('/mailFolders/inbox/messages/delta?changeType=created&$select=')
  expect(pages[1]?.path).toBe('/opaque?$skiptoken=a%2Bb')
  // Two pages, and a batch of content for each.
  expect(graph.requests).toHaveLength(4)

  await graph.mailbox.receive(request({ cursor: received.cursor }))
  expect(graph.requests.at(-2)?.path ?? graph.requests.at(-1)?.path).toBe('/opaque?$deltatoken=z')
})

test('leaves old mail, known mail and what was removed alone', async () => {
  const graph = await startScriptedGraph((call) =>
    call.url.includes('/$value')
      ? content(call)
      : page(
          [
            listed({ id: 'old', receivedAt: '2026-10-31T23:59:59Z' }),
            listed({ id: 'known' }),
            { id: 'gone', '@removed': { reason: 'deleted' } },
            listed({ id: 'new' }),
            listed({ id: 'new' }),
          ],
          { delta: `${graph.origin}/v1.0/d` },
        ),
  )
  const received = await graph.mailbox.receive(request({ isKnown: async () => new Set(['known']) }))
  expect(received.messages.map(({ providerId }) => providerId)).toEqual(['new'])
})

test.each([
  [
    '410 with a place to go on',
    { status: 410, headers: { Location: 'https://elsewhere.example/' }, body: {} },
  ],
  ['syncStateNotFound', { status: 400, body: { error: { code: 'syncStateNotFound' } } }],
  ['SyncStateNotFound', { status: 404, body: { error: { code: 'SyncStateNotFound' } } }],
  ['resyncRequired', { status: 400, body: { error: { code: 'resyncRequired' } } }],
])('reads the folder from its beginning after %s', async (_, refusal) => {
  const graph = await startScriptedGraph((call) => {
    if (call.url.includes('/$value')) return content(call)
    if (call.url.startsWith('/lost')) return refusal
    return page([listed({ id: 'known' }), listed({ id: 'new' })], { delta: `${graph.origin}/v1.0/d` })
  })
  const cursor = JSON.stringify({ inbox: `approvals@contoso.example ${graph.origin}/v1.0/lost`, junk: null })
  const received = await graph.mailbox.receive(request({ cursor, isKnown: async () => new Set(['known']) }))
  expect(received.messages.map(({ providerId }) => providerId)).toEqual(['new'])
  expect(JSON.parse(received.cursor).inbox).toBe(`approvals@contoso.example ${graph.origin}/v1.0/d`)
  expect(graph.requests[0]?.path).toContain('/lost')
})

test('follows no link to another host', async () => {
  const graph = await startScriptedGraph(() => page([], { delta: 'https://evil.example/v1.0/d' }))
  const { cursor } = await graph.mailbox.receive(request())
  const requests = graph.requests.length
  await expect(graph.mailbox.receive(request({ cursor }))).rejects.toMatchObject({
    providerCode: 'foreign-link',
  })
  expect(graph.requests).toHaveLength(requests)
})

test('asks for headers that the page left out', async () => {
  const graph = await startScriptedGraph((call) => {
    if (call.url.includes('/$value')) return content(call)
    if (call.batched) return { status: 200, body: { ...listed({ id: 'M1' }), parentFolderId: 'F' } }
    return page([listed({ id: 'M1', headers: null })], { delta: `${graph.origin}/v1.0/d` })
  })
  const received = await graph.mailbox.receive(request())
  expect(received.messages.map(({ providerId }) => providerId)).toEqual(['M1'])
})

test('hands over what it has when the mailbox is throttled, and goes on at the same page', async () => {
  let throttled = true
  const graph = await startScriptedGraph((call) => {
    if (!call.url.includes('/$value'))
      return page([listed({ id: 'M1' }), listed({ id: 'M2' }), listed({ id: 'M3' })], {
        delta: `${graph.origin}/v1.0/d`,
      })
    if (call.url.includes('/M3/') && throttled)
      return { status: 429, body: { error: { code: 'TooManyRequests' } } }
    return content(call)
  })
  const first = await graph.mailbox.receive(request())
  expect(first.messages.map(({ providerId }) => providerId)).toEqual(['M1', 'M2'])
  expect(first).toMatchObject({ more: true, failed: [] })
  throttled = false
  const known = new Set(['M1', 'M2'])
  const second = await graph.mailbox.receive(request({ cursor: first.cursor, isKnown: async () => known }))
  expect(second.messages.map(({ providerId }) => providerId)).toEqual(['M3'])
})

test('fetches a large message alone, and one beyond the bound not at all', async () => {
  const large = Buffer.alloc(2_000_000, 'x')
  const graph = await startScriptedGraph((call) => {
    if (!call.url.includes('/$value'))
      return page(
        [
          listed({ id: 'large', size: large.byteLength }),
          listed({ id: 'small' }),
          listed({ id: 'huge', size: 41 * 1024 * 1024 }),
        ],
        { delta: `${graph.origin}/v1.0/d` },
      )
    return call.batched ? content(call) : { status: 200, body: large.toString('latin1') }
  })
  const limit = { messages: 200, bytes: 64 * 1024 * 1024 }
  const received = await graph.mailbox.receive(request({ limit }))
  expect(received.messages.map(({ providerId }) => providerId)).toEqual(['small', 'large'])
  expect(received.failed).toMatchObject([
    { providerId: 'huge', error: { providerCode: 'message-too-large' } },
  ])
  expect(graph.calls.filter(({ batched }) => !batched)).toHaveLength(2)
})

test('throws when a message fetched again meets a throttled mailbox, so that it is not taken for gone', async () => {
  const graph = await startScriptedGraph((call) => {
    if (call.url.includes('/$value')) return { status: 429, body: { error: { code: 'TooManyRequests' } } }
    if (call.batched) return { status: 200, body: { ...listed({ id: 'M1' }), parentFolderId: 'F' } }
    return { status: 200, body: { id: 'F' } }
  })
  const again = graph.mailbox.fetch({ providerIds: ['M1'], areOurs: request().areOurs, signal })
  await expect(again).rejects.toMatchObject({ kind: 'throttled' })
})
