import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Mailbox, ReceiveRequest } from '../../src/mail/mailbox.ts'
import { mailFailure } from '../support/mail-failure.ts'
import { imapAdapter } from './imap-adapter.ts'
import { approvals, areOurs, describeMailbox, reply } from './mailbox-contract.ts'
import { type SimulatedTenant, startSimulatedTenant } from './simulated-tenant.ts'

describeMailbox('IMAP and SMTP of Exchange Online', imapAdapter)

const signal = new AbortController().signal
const request: ReceiveRequest = {
  cursor: null,
  startFrom: new Date(0),
  areOurs,
  isKnown: async () => new Set<string>(),
  limit: { messages: 500, bytes: 32 * 1024 * 1024 },
  signal,
}

describe('what Exchange Online does besides over IMAP and SMTP', () => {
  let tenant: SimulatedTenant
  beforeAll(async () => {
    tenant = await startSimulatedTenant('place')
  })
  afterAll(() => tenant.close())
  beforeEach(() => tenant.reset())

  function open(): Mailbox {
    const { caPem, clientSecret } = tenant
    const options = { servers: tenant, caPem, secret: clientSecret, address: approvals, watchJunk: true }
    const mailbox = imapAdapter.open(tenant, options)
    onTestFinished(() => mailbox.close())
    return mailbox
  }

  function mail(number: number, to = 'nadia.belkacem@contoso.example') {
    const messageId = `<m${number}@contoso.example>`
    const headers = { From: approvals, To: to, 'Message-ID': messageId }
    return { messageId, mime: Buffer.from(reply(number, headers)) }
  }

  const app = () => ({
    id: tenant.clientId,
    secrets: [{ value: tenant.clientSecret, expiresAt: null }],
    mailboxes: null,
  })

  test.each([
    ['is not known to Exchange', { isKnownToExchange: false }],
    ['has no full access to the mailbox', { fullAccess: ['nadia.belkacem@contoso.example'] }],
  ])('an application that %s is let in and finds the mailbox shut', async (_, registered) => {
    const roles = ['IMAP.AccessAsApp', 'SMTP.SendAsApp']
    await tenant.change({ apps: [{ ...app(), roles, ...registered }] })
    const mailbox = open()
    expect(await mailFailure(mailbox.receive(request))).toMatchObject({
      kind: 'consent',
      retry: 'pause-mailbox',
      messageKey: 'imap.not-connected',
    })
    expect(await mailbox.send([mail(1)], signal)).toMatchObject([
      { outcome: 'failed', error: { kind: 'auth', messageKey: 'smtp.token-refused' } },
    ])
    expect((await tenant.calls('Token')).count).toBeLessThanOrEqual(2)
  })

  test('an application that may read alone is told what it lacks to send', async () => {
    await tenant.change({ apps: [{ ...app(), roles: ['IMAP.AccessAsApp'] }] })
    await tenant.deliver(approvals, reply(1))
    const mailbox = open()
    expect((await mailbox.receive(request)).messages).toHaveLength(1)
    expect(await mailbox.send([mail(1)], signal)).toMatchObject([
      { outcome: 'failed', error: { kind: 'consent', messageKey: 'consent.missing-imap-roles' } },
    ])
  })

  test('a role by RBAC for Applications, which is in no token, sends', async () => {
    await tenant.change({ apps: [{ ...app(), roles: ['IMAP.AccessAsApp'], rbacSmtp: [approvals] }] })
    expect(await open().send([mail(1)], signal)).toMatchObject([{ outcome: 'sent' }])
  })

  test('SMTP AUTH switched off is told from a wrong credential, and reading goes on', async () => {
    await tenant.change({ smtpAuthDisabled: true })
    await tenant.deliver(approvals, reply(1))
    const mailbox = open()
    expect(await mailbox.send([mail(1)], signal)).toMatchObject([
      { outcome: 'failed', error: { kind: 'blocked-by-policy', messageKey: 'smtp.auth-disabled' } },
    ])
    expect((await mailbox.receive(request)).messages).toHaveLength(1)
    expect((await tenant.calls('Token')).count).toBe(1)
  })

  test('one connection too many of SMTP waits for later, and costs no other token', async () => {
    await tenant.fault('SMTP AUTH', { reply: '432 4.3.2 Concurrent connections limit exceeded.' })
    const mailbox = open()
    expect(await mailbox.send([mail(1)], signal)).toMatchObject([
      { outcome: 'failed', error: { kind: 'throttled', retry: 'later' } },
    ])
    expect(await mailbox.send([mail(1)], signal)).toMatchObject([{ outcome: 'sent' }])
    expect((await tenant.calls('Token')).count).toBe(1)
  })

  test('no more than three connections of SMTP send at a time', async () => {
    await tenant.change({ smtpConnections: 3 })
    const mails = Array.from({ length: 12 }, (_, number) => mail(number))
    const outcomes = await open().send(mails, signal)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(mails.map(() => 'sent'))
    expect((await tenant.calls('SMTP CONNECT')).count).toBe(3)
  })

  test('two sendings at once share these three, and none is turned away', async () => {
    const mails = Array.from({ length: 12 }, (_, number) => mail(number))
    const mailbox = open()
    const outcomes = await Promise.all([
      mailbox.send(mails.slice(0, 6), signal),
      mailbox.send(mails.slice(6), signal),
    ])
    expect(outcomes.flat().map(({ outcome }) => outcome)).toEqual(mails.map(() => 'sent'))
  })

  test.each(['NO Server Unavailable. 15', 'BAD Command Error. 12'])(
    'a refusal (%s) is asked again in halves, and nothing is lost',
    async (words) => {
      for (let number = 0; number < 8; number += 1) await tenant.deliver(approvals, reply(number))
      await tenant.fault('IMAP UID FETCH', { waitMs: 0 }, { reply: words })
      const mailbox = open()
      const { messages, failed } = await mailbox.receive(request)
      expect({ count: messages.length, failed }).toEqual({ count: 8, failed: [] })
      expect((await tenant.calls('IMAP UID FETCH')).count).toBe(4)

      await tenant.fault('IMAP UID MOVE', { reply: words })
      const ids = messages.map(({ providerId }) => providerId)
      const outcomes = await mailbox.settle(ids, 'move', signal)
      expect(outcomes.map(({ error }) => error)).toEqual(ids.map(() => null))
      expect(await tenant.messages(approvals, 'inbox/Processed')).toHaveLength(8)
    },
  )

  test('a move whose answer is lost is a move: the next one finds the messages gone', async () => {
    const ids = [await tenant.deliver(approvals, reply(1)), await tenant.deliver(approvals, reply(2))]
    await tenant.fault('IMAP UID MOVE', 'cutAfter')
    const mailbox = open()
    const first = await mailbox.settle(ids, 'move', signal)
    expect(first.map(({ error }) => error?.kind)).toEqual(['unavailable', 'unavailable'])
    const second = await mailbox.settle(ids, 'move', signal)
    expect(second.map(({ error }) => error)).toEqual([null, null])
    expect(await tenant.messages(approvals, 'inbox/Processed')).toHaveLength(2)
  })

  test('a server that says good-bye in the middle is called again', async () => {
    await tenant.deliver(approvals, reply(1))
    await tenant.fault('IMAP UID SEARCH', { reply: 'BYE Server Unavailable. 15' })
    const mailbox = open()
    expect(await mailFailure(mailbox.receive(request))).toMatchObject({ kind: 'unavailable', retry: 'later' })
    expect((await mailbox.receive(request)).messages).toHaveLength(1)
  })

  test.each([
    ['SMTP MAIL', '451 4.7.0 Temporary server error. Please try again later.', 'refused'],
    ['SMTP DATA', '421 4.3.2 Service not available', 'unavailable'],
  ])('what %s puts off (%s) is sent later, once', async (operation, words, kind) => {
    await tenant.fault(operation, { reply: words })
    const mailbox = open()
    expect(await mailbox.send([mail(1)], signal)).toMatchObject([
      { outcome: 'failed', error: { kind, retry: 'later', mayHaveHappened: false } },
    ])
    expect(await mailbox.send([mail(1)], signal)).toMatchObject([{ outcome: 'sent' }])
    expect(await tenant.messages('nadia.belkacem@contoso.example', 'inbox')).toHaveLength(1)
  })
})
