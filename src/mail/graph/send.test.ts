import { expect, test } from 'vitest'
import { type GraphAnswer, type GraphCall, startScriptedGraph } from '../../../test/support/scripted-graph.ts'

const signal = new AbortController().signal
const message = (name: string) => ({
  messageId: `<${name}@contoso.example>`,
  mime: Buffer.from(`Message-ID: <${name}@contoso.example>\r\nSubject: ${name}\r\n\r\nWill you?`),
})

/** Makes drafts named after their subjects; `more` answers everything else. */
function withDrafts(more: (call: GraphCall) => GraphAnswer | null): (call: GraphCall) => GraphAnswer | null {
  return (call) => {
    if (call.method !== 'POST' || !call.url.endsWith('/messages')) return more(call)
    const mime = Buffer.from(call.body, 'base64').toString()
    const id = /Subject: (.*)\r/.exec(mime)?.[1] ?? ''
    return { status: 201, body: { id, internetMessageId: /Message-ID: (.*)\r/.exec(mime)?.[1] } }
  }
}

test('makes a draft of each MIME and sends the drafts together', async () => {
  const graph = await startScriptedGraph(withDrafts(() => ({ status: 202 })))
  expect(await graph.mailbox.send([message('a'), message('b')], signal)).toEqual([
    { messageId: '<a@contoso.example>', outcome: 'sent', providerId: 'a' },
    { messageId: '<b@contoso.example>', outcome: 'sent', providerId: 'b' },
  ])
  const [draft] = graph.requests
  expect(draft).toMatchObject({ path: '/users/approvals%40contoso.example/messages' })
  expect(draft?.headers['content-type']).toBe('text/plain')
  expect(graph.calls.map(({ url }) => url.replace(/.*messages/, ''))).toEqual(['', '', '/a/send', '/b/send'])
  expect(graph.requests).toHaveLength(3)
})

test('tells the Message-ID that Exchange gave in place of ours', async () => {
  const graph = await startScriptedGraph(({ url }) =>
    url.endsWith('/send')
      ? { status: 202 }
      : { status: 201, body: { id: 'D', internetMessageId: '<theirs@x>' } },
  )
  const [outcome] = await graph.mailbox.send([message('a')], signal)
  expect(outcome).toEqual({ messageId: '<theirs@x>', outcome: 'sent', providerId: 'D' })
})

test('deletes the draft of a mail that was refused', async () => {
  const graph = await startScriptedGraph(
    withDrafts(({ url }) =>
      url.endsWith('/a/send')
        ? { status: 403, body: { error: { code: 'ErrorSendAsDenied' } } }
        : { status: 204 },
    ),
  )
  const outcomes = await graph.mailbox.send([message('a'), message('b')], signal)
  expect(outcomes).toMatchObject([
    { outcome: 'failed', error: { kind: 'refused', retry: 'never', messageKey: 'send.send-as-denied' } },
    { outcome: 'sent' },
  ])
  expect(graph.calls.at(-1)?.url).toContain('/messages/a/permanentDelete')
})

test('does not know the outcome when the connection is cut after the call', async () => {
  const graph = await startScriptedGraph(withDrafts(() => null))
  expect(await graph.mailbox.send([message('a')], signal)).toMatchObject([
    { messageId: '<a@contoso.example>', outcome: 'unknown', error: { mayHaveHappened: true } },
  ])
})

test('leaves a refused draft that cannot be deleted to the search for it', async () => {
  const busy = { status: 429, body: { error: { code: 'TooManyRequests' } } }
  const graph = await startScriptedGraph(withDrafts(() => busy))
  expect(await graph.mailbox.send([message('a')], signal)).toMatchObject([{ outcome: 'unknown' }])
})

test('makes no more drafts once the mailbox is throttled', async () => {
  const busy = { status: 429, headers: { 'retry-after': '3' }, body: { error: { code: 'TooManyRequests' } } }
  const graph = await startScriptedGraph(() => busy)
  const outcomes = await graph.mailbox.send(['a', 'b', 'c', 'd'].map(message), signal)
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'failed'])
  expect(graph.requests).toHaveLength(2)
})

test.each([
  ['sent', [{ id: 'S', isDraft: false }], 'found'],
  ['nowhere', [], 'absent'],
])('a mail that is %s is %s', async (_, value, expected) => {
  const graph = await startScriptedGraph(() => ({ status: 200, body: { value } }))
  expect(await graph.mailbox.findSent("<o'hara@contoso.example>", signal)).toBe(expected)
  expect(graph.calls[0]?.url).toContain("$filter=internetMessageId eq '<o''hara@contoso.example>'")
  expect(graph.requests).toHaveLength(1)
})

test('a mail that is still a draft is deleted, and only then absent', async () => {
  let deletable = false
  const graph = await startScriptedGraph(({ url }) => {
    if (!url.endsWith('/permanentDelete'))
      return { status: 200, body: { value: [{ id: 'D', isDraft: true }] } }
    return deletable ? { status: 204 } : { status: 503 }
  })
  expect(await graph.mailbox.findSent('<a@contoso.example>', signal)).toBe('cannot-tell')
  deletable = true
  expect(await graph.mailbox.findSent('<a@contoso.example>', signal)).toBe('absent')
})

test('creates the folder for settled messages once, and again when somebody deleted it', async () => {
  let folder: string | null = null
  let made = 0
  const graph = await startScriptedGraph(({ method, url, body }) => {
    if (url.includes('/childFolders') && method === 'GET')
      return { status: 200, body: { value: folder === null ? [] : [{ id: folder }] } }
    if (url.endsWith('/childFolders')) {
      made += 1
      folder = `F${made}`
      return { status: 201, body: { id: folder } }
    }
    const { destinationId } = JSON.parse(body)
    return destinationId === folder
      ? { status: 201, body: { id: 'M1' } }
      : { status: 404, body: { error: { code: 'ErrorFolderNotFound' } } }
  })
  const settled = [{ providerId: 'M1', newProviderId: 'M1', error: null }]
  expect(await graph.mailbox.settle(['M1'], 'move', signal)).toEqual(settled)
  expect(await graph.mailbox.settle(['M1'], 'move', signal)).toEqual(settled)
  expect(made).toBe(1)
  folder = null
  expect(await graph.mailbox.settle(['M1'], 'move', signal)).toEqual(settled)
  expect(made).toBe(2)
})
