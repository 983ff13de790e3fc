import { expect, test } from 'vitest'
import { startScriptedGraph } from '../../../test/support/scripted-graph.ts'

const signal = new AbortController().signal
const ids = (count: number) => Array.from({ length: count }, (_, index) => `M${index}`)
const busy = {
  status: 429,
  headers: { 'Retry-After': '7' },
  body: { error: { code: 'ApplicationThrottled' } },
}

test('puts forty-five messages aside with three calls, each request behind another in its lane', async () => {
  const graph = await startScriptedGraph(() => ({ status: 200, body: {} }))
  const outcomes = await graph.mailbox.settle(ids(45), 'mark-read', signal)
  expect(outcomes).toEqual(ids(45).map((id) => ({ providerId: id, newProviderId: id, error: null })))
  expect(graph.requests.map(({ path }) => path)).toEqual(['/$batch', '/$batch', '/$batch'])
  expect(graph.calls.map(({ url }) => url)).toEqual(
    ids(45).map((id) => `/users/approvals@contoso.example/messages/${id}`),
  )
  // Two connections, two lanes: four requests at a time are what a mailbox takes.
  for (const { headers } of graph.calls) expect(headers).toMatchObject({ Prefer: 'IdType="ImmutableId"' })
  const [first] = graph.requests
  const sent = JSON.parse(first?.body ?? '').requests
  expect(sent).toHaveLength(20)
  expect(sent.filter(({ dependsOn }: { dependsOn?: string[] }) => dependsOn === undefined)).toHaveLength(2)
})

test('asks again for what stood behind a failure in its lane', async () => {
  const graph = await startScriptedGraph(({ url }) =>
    url.endsWith('/M0')
      ? { status: 404, body: { error: { code: 'ErrorItemNotFound' } } }
      : url.endsWith('/M3')
        ? { status: 400, body: { error: { code: 'ErrorInvalidRequest' } } }
        : { status: 204 },
  )
  const outcomes = await graph.mailbox.settle(ids(6), 'delete', signal)
  expect(outcomes.map(({ error }) => error?.providerCode ?? null)).toEqual([
    null,
    null,
    null,
    'ErrorInvalidRequest',
    null,
    null,
  ])
  const tried = graph.calls.map(({ url }) => url.slice(-2))
  expect(tried.sort()).toEqual(['M0', 'M1', 'M2', 'M3', 'M4', 'M5'])
})

test('ends with the failure of the mailbox, which is that of all the rest', async () => {
  const graph = await startScriptedGraph(({ url }) => (url.endsWith('/M1') ? busy : { status: 204 }))
  const outcomes = await graph.mailbox.settle(ids(30), 'delete', signal)
  const codes = outcomes.map(({ error }) => error?.providerCode ?? null)
  expect(codes.filter((code) => code === null)).toHaveLength(10)
  expect(codes.filter((code) => code === 'ApplicationThrottled')).toHaveLength(20)
  expect(outcomes[1]?.error).toMatchObject({ kind: 'throttled', retry: 'later', retryAfterMs: 7_000 })
  expect(graph.requests).toHaveLength(1)
})

test('gives up on a batch to which Graph answers nothing', async () => {
  const graph = await startScriptedGraph(() => ({ status: 424 }))
  const outcomes = await graph.mailbox.settle(['M0', 'M1'], 'delete', signal)
  expect(outcomes.map(({ error }) => error?.providerCode)).toEqual(['unanswered', 'unanswered'])
  expect(outcomes[0]?.error?.mayHaveHappened).toBe(true)
  expect(graph.requests).toHaveLength(1)
})
