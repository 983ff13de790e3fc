import { describe, expect, test } from 'vitest'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import { type GraphScript, startScriptedGraph } from '../../../test/support/scripted-graph.ts'
import type { Subscriptions } from '../mailbox.ts'

const signal = new AbortController().signal
const until = new Date('2026-11-28T09:00:00Z')
const request = {
  notificationUrl: 'https://approvals.contoso.example/push/graph/notifications',
  lifecycleUrl: 'https://approvals.contoso.example/push/graph/lifecycle',
  clientState: 'only-between-us',
  until,
}
const made = { id: 'c9f1', expirationDateTime: '2026-11-27T21:00:00.0000000Z' }
const missing = { error: { code: 'ResourceNotFound', message: 'The object was not found.' } }

async function start(script: GraphScript) {
  const graph = await startScriptedGraph(script)
  return { ...graph, subscriptions: graph.mailbox.subscriptions as Subscriptions }
}

describe('subscriptions to Graph', () => {
  test('ask for new messages in the Inbox, and take the end that the server sets', async () => {
    const { subscriptions, calls } = await start(() => ({ status: 201, body: made }))
    expect(await subscriptions.create(request, signal)).toEqual({
      providerId: 'c9f1',
      expiresAt: new Date('2026-11-27T21:00:00Z'),
    })
    expect(calls).toMatchObject([{ method: 'POST', url: '/subscriptions' }])
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({
      changeType: 'created',
      resource: "/users/approvals@contoso.example/mailFolders('inbox')/messages",
      notificationUrl: request.notificationUrl,
      lifecycleNotificationUrl: request.lifecycleUrl,
      clientState: 'only-between-us',
      expirationDateTime: '2026-11-28T09:00:00.000Z',
    })
  })

  test('are renewed by their end alone', async () => {
    const { subscriptions, calls } = await start(() => ({ status: 200, body: made }))
    expect(await subscriptions.renew('c/1', until, signal)).toEqual(new Date('2026-11-27T21:00:00Z'))
    expect(calls[0]).toMatchObject({ method: 'PATCH', url: '/subscriptions/c/1' })
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({ expirationDateTime: '2026-11-28T09:00:00.000Z' })
  })

  test('that are gone are not renewed, and count as removed', async () => {
    const { subscriptions, calls } = await start(() => ({ status: 404, body: missing }))
    expect(await subscriptions.renew('c9f1', until, signal)).toBeNull()
    await subscriptions.remove('c9f1', signal)
    expect(calls.map(({ method }) => method)).toEqual(['PATCH', 'DELETE'])
  })

  test('are removed by an answer without a body', async () => {
    const { subscriptions } = await start(() => ({ status: 204 }))
    await subscriptions.remove('c9f1', signal)
  })

  test.each(['ValidationError', 'InvalidRequest'])(
    'name the address that Graph could not call: %s',
    async (code) => {
      const message = 'Subscription validation request failed. Must respond with 200 OK to this request.'
      const { subscriptions } = await start(() => ({ status: 400, body: { error: { code, message } } }))
      const failure = await mailFailure(subscriptions.create(request, signal))
      expect(failure).toMatchObject({
        messageKey: 'push.address-refused',
        retry: 'later',
        providerCode: code,
      })
      expect(failure.messageValues).toMatchObject({ url: request.notificationUrl })
      expect(failure.messageValues.answer).toContain(message)
      expect(JSON.stringify(failure.messageValues)).not.toContain('only-between-us')
    },
  )

  test('keep the server’s word on when to ask again', async () => {
    const { subscriptions } = await start(() => ({ status: 429, headers: { 'retry-after': '7' }, body: {} }))
    const throttled = { kind: 'throttled', retryAfterMs: 7_000 }
    expect(await mailFailure(subscriptions.create(request, signal))).toMatchObject(throttled)
    expect(await mailFailure(subscriptions.renew('c9f1', until, signal))).toMatchObject(throttled)
  })

  test.each([
    ['nothing', undefined],
    ['no id', { expirationDateTime: made.expirationDateTime }],
    ['no end', { id: 'c9f1' }],
    ['an end that is no date', { id: 'c9f1', expirationDateTime: 'soon' }],
  ])('an answer with %s is not understood', async (_, body) => {
    const { subscriptions } = await start(() => ({ status: 201, body }))
    expect(await mailFailure(subscriptions.create(request, signal))).toMatchObject({ kind: 'protocol' })
  })
})
