import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Mailbox, MessageHead, ReceiveRequest } from '../../src/mail/mailbox.ts'
import { mailFailure } from '../support/mail-failure.ts'
import { ewsAdapter } from './exchange-online-adapters.ts'
import { approvals, areOurs, describeMailbox, foreignMail, reply } from './mailbox-contract.ts'
import { type Fault, type SimulatedTenant, startSimulatedTenant } from './simulated-tenant.ts'

describeMailbox('Exchange Web Services', ewsAdapter)

const megabyte = 1024 * 1024
const signal = new AbortController().signal
const request: ReceiveRequest = {
  cursor: null,
  startFrom: new Date(0),
  areOurs,
  isKnown: async () => new Set<string>(),
  limit: { messages: 500, bytes: 32 * megabyte },
  signal,
}

describe('what Exchange Online does besides', () => {
  let tenant: SimulatedTenant
  beforeAll(async () => {
    tenant = await startSimulatedTenant()
  })
  afterAll(() => tenant.close())
  beforeEach(() => tenant.reset())

  function open(): Mailbox {
    const { caPem, clientSecret } = tenant
    const mailbox = ewsAdapter.open(tenant, {
      servers: tenant,
      caPem,
      secret: clientSecret,
      address: approvals,
      watchJunk: true,
    })
    onTestFinished(() => mailbox.close())
    return mailbox
  }

  const busy: [string, Fault][] = [
    ['HTTP 503 with Retry-After', { status: 503, headers: { 'Retry-After': '9' } }],
    ['a fault', { code: 'ErrorServerBusy', as: 'fault', backOffMilliseconds: 9_000 }],
    ['a response message', { code: 'ErrorServerBusy', as: 'response', backOffMilliseconds: 9_000 }],
  ]

  test.each(busy)('throttled by %s: the wait is told, nothing is lost, nothing is sent', async (_, fault) => {
    const throttled = { kind: 'throttled', retry: 'later', retryAfterMs: 9_000 }
    await tenant.deliver(approvals, reply(1))
    const mailbox = open()

    for (const operation of ['SyncFolderItems', 'GetItem']) {
      await tenant.fault(operation, fault)
      expect(await mailFailure(mailbox.receive(request))).toMatchObject(throttled)
    }
    const { messages, cursor } = await mailbox.receive(request)
    expect(messages).toHaveLength(1)
    expect((await mailbox.receive({ ...request, cursor })).messages).toEqual([])

    await tenant.fault('MoveItem', fault)
    const ids = messages.map(({ providerId }) => providerId)
    expect(await mailbox.settle(ids, 'move', signal)).toMatchObject([
      { newProviderId: null, error: throttled },
    ])
    expect(await mailbox.settle(ids, 'move', signal)).toMatchObject([{ error: null }])

    await tenant.fault('CreateItem', fault)
    const mail = { messageId: '<m1@contoso.example>', mime: Buffer.from(reply(1, { From: approvals })) }
    expect(await mailbox.send([mail], signal)).toMatchObject([{ outcome: 'failed', error: throttled }])
  })

  test('a batch that takes too long is fetched in halves', async () => {
    for (let number = 0; number < 40; number += 1) await tenant.deliver(approvals, reply(number))
    await tenant.fault('GetItem', { code: 'ErrorTimeoutExpired', as: 'fault' })
    expect((await open().receive(request)).messages).toHaveLength(40)
    expect(await tenant.calls('GetItem')).toMatchObject({ count: 3 })
  })

  test.each<{ endsList?: true }>([{}, { endsList: true }])(
    'a batch that is stopped half-way is fetched to its end, and nothing twice (%j)',
    async (rest) => {
      for (let number = 0; number < 10; number += 1) await tenant.deliver(approvals, reply(number))
      await tenant.fault('GetItem', { code: 'ErrorServerBusy', as: 'response', stopAt: 4, ...rest })
      const mailbox = open()
      const first = await mailbox.receive(request)
      expect(first).toMatchObject({ failed: [], more: true })
      expect(first.messages).toHaveLength(4)
      const stored = new Set(first.messages.map(({ providerId }) => providerId))
      const second = await mailbox.receive({
        ...request,
        cursor: first.cursor,
        isKnown: async (ids) => new Set(ids.filter((id) => stored.has(id))),
      })
      expect(second.messages).toHaveLength(6)
      for (const { providerId } of second.messages) stored.add(providerId)
      expect(stored.size).toBe(10)
    },
  )

  test.each<{ endsList?: true }>([{}, { endsList: true }])(
    'of a sending that is stopped half-way it is known what was sent (%j)',
    async (rest) => {
      const to = 'nadia.belkacem@contoso.example'
      const mails = Array.from({ length: 5 }, (_, number) => {
        const messageId = `<m${number}@contoso.example>`
        return {
          messageId,
          mime: Buffer.from(reply(number, { From: approvals, To: to, 'Message-ID': messageId })),
        }
      })
      await tenant.fault('CreateItem', { code: 'ErrorServerBusy', as: 'response', stopAt: 2, ...rest })
      const mailbox = open()
      const first = await mailbox.send(mails, signal)
      expect(first.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'failed', 'failed', 'failed'])
      const again = await mailbox.send(mails.slice(2), signal)
      expect(again.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent'])
      const arrived = (await tenant.messages(to, 'inbox')).map(({ internetMessageId }) => internetMessageId)
      expect(arrived.sort()).toEqual(mails.map(({ messageId }) => messageId))
    },
  )

  test('news come through in the smallest chunks', async () => {
    await tenant.fault('GetStreamingEvents', { chunkBytes: 1 })
    const mailbox = open()
    await mailbox.wait(signal)
    const woken = mailbox.wait(signal)
    await tenant.deliver(approvals, reply(1))
    await woken
  })

  test('an item that cannot be fetched is named, holds up nothing, and is fetched later', async () => {
    const id = await tenant.deliver(approvals, reply(1))
    await tenant.fault('GetItem', { code: 'ErrorInternalServerError', as: 'response' })
    const mailbox = open()
    const first = await mailbox.receive(request)
    expect(first).toMatchObject({ messages: [], failed: [{ providerId: id }], more: false })
    expect((await mailbox.receive({ ...request, cursor: first.cursor })).failed).toEqual([])
    const again = await mailbox.fetch({ providerIds: [id], areOurs, signal })
    expect(again.messages.map(({ providerId }) => providerId)).toEqual([id])
  })

  test('an item that cannot be judged may be ours, and is judged later', async () => {
    const ours = await tenant.deliver(
      approvals,
      reply(1, { Subject: 'Antwort', To: 'approvals+k3v7@contoso.example' }),
    )
    const foreign = await tenant.deliver(approvals, foreignMail(2))
    await tenant.fault('GetItem', { code: 'ErrorInternalServerError', as: 'response' })
    const mailbox = open()
    const byAddress = async (heads: MessageHead[]) =>
      heads.map(({ recipients }) => recipients.some((address) => address.startsWith('approvals+')))
    const { messages, failed } = await mailbox.receive({ ...request, areOurs: byAddress })
    expect({ messages, failed: failed.map(({ providerId }) => providerId) }).toEqual({
      messages: [],
      failed: [ours, foreign],
    })
    const again = await mailbox.fetch({ providerIds: [ours, foreign], areOurs: byAddress, signal })
    expect(again.messages.map(({ providerId }) => providerId)).toEqual([ours])
  })

  test('a mail that timed out may have been sent, so its outcome is unknown', async () => {
    await tenant.fault('CreateItem', { code: 'ErrorTimeoutExpired', as: 'fault' })
    const mail = { messageId: '<m1@contoso.example>', mime: Buffer.from(reply(1, { From: approvals })) }
    expect(await open().send([mail], signal)).toMatchObject([{ outcome: 'unknown' }])
    expect(await tenant.calls('CreateItem')).toMatchObject({ count: 1 })
  })

  test('a folder Processed that was deleted is created again', async () => {
    const mailbox = open()
    const first = await tenant.deliver(approvals, reply(1))
    await mailbox.settle([first], 'move', signal)
    await tenant.fault('MoveItem', { code: 'ErrorToFolderNotFound', as: 'response' })
    const second = await tenant.deliver(approvals, reply(2))
    expect(await mailbox.settle([second], 'move', signal)).toMatchObject([{ error: null }])
    expect(await tenant.calls('FindFolder')).toMatchObject({ count: 2 })
  })

  test.each([
    [{ ewsEnabled: false }, 'policy.ews-disabled'],
    [{ ewsEnabled: true, allowedAppIds: ['cccccccc-0000-1111-2222-bbbbbbbbbbbb'] }, 'policy.ews-blocked'],
  ])('a tenant that blocks EWS (%j) is told from a wrong credential', async (settings, messageKey) => {
    await tenant.change(settings)
    expect(await mailFailure(open().receive(request))).toMatchObject({
      kind: 'blocked-by-policy',
      retry: 'pause-mailbox',
      messageKey,
    })
    expect((await tenant.calls('Token')).count).toBe(1)
  })

  test('a licence without EWS is told from a wrong credential too', async () => {
    await tenant.licence(approvals, false)
    const error = await mailFailure(open().receive(request))
    expect(error).toMatchObject({ kind: 'blocked-by-policy', messageKey: 'policy.ews-disabled' })
    expect(error.messageValues).toMatchObject({ address: approvals })
  })

  test('an application that an access policy keeps out of this mailbox', async () => {
    const secrets = [{ value: tenant.clientSecret, expiresAt: null }]
    const roles = ['full_access_as_app']
    const mailboxes = ['nadia.belkacem@contoso.example']
    await tenant.change({ apps: [{ id: tenant.clientId, secrets, roles, mailboxes }] })
    expect(await mailFailure(open().receive(request))).toMatchObject({
      kind: 'consent',
      retry: 'pause-mailbox',
    })
  })

  test('a mailbox that cannot be listened to says so', async () => {
    await tenant.fault('Subscribe', { code: 'ErrorExceededSubscriptionCount', as: 'response' })
    expect(await mailFailure(open().wait(signal))).toMatchObject({ kind: 'throttled' })
  })
})
