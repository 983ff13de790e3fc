import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../src/lib/log.ts'
import { translator } from '../../src/lib/translate.ts'
import type { Mailbox } from '../../src/mail/mailbox.ts'
import { checkMailboxForm } from '../../src/mailboxes/check-mailbox-form.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import { openAdapter } from '../../src/open-adapter.ts'
import { mailFailure } from '../support/mail-failure.ts'
import { exchangeServerAdapter } from './exchange-server-adapter.ts'
import { approvals, areOurs, describeMailbox, reply } from './mailbox-contract.ts'
import { type SimulatedTenant, startSimulatedTenant } from './simulated-tenant.ts'

describeMailbox('Exchange Web Services of an Exchange Server', exchangeServerAdapter)

const signal = new AbortController().signal

describe('what an Exchange Server does besides', () => {
  let tenant: SimulatedTenant
  let password: string
  beforeAll(async () => {
    tenant = await startSimulatedTenant()
  })
  afterAll(() => tenant.close())
  beforeEach(async () => {
    await tenant.reset()
    password = await exchangeServerAdapter.prepare(tenant)
  })

  function open(account: { signInName?: string; password?: string; userAgent?: string } = {}): Mailbox {
    const { host, caPem: extraCa } = tenant
    const own = { host, extraCa, user: approvals, defaultReplyTo: approvals, ...account }
    const form = mailboxForm.parse({ mailbox: { type: 'exchange-server-ews', ...own } })
    const { settings, secret } = checkMailboxForm(form)
    const mailbox = openAdapter(settings, secret ?? password, { log: createLog('silent') })
    onTestFinished(() => mailbox.close())
    return mailbox
  }

  function receive(mailbox: Mailbox) {
    const isKnown = async () => new Set<string>()
    const limit = { messages: 10, bytes: 1024 * 1024 }
    return mailbox.receive({ cursor: null, startFrom: new Date(0), areOurs, isKnown, limit, signal })
  }

  test.each([undefined, approvals, 'CONTOSO\\approvals', 'contoso\\Approvals'])(
    'its user signs in as %s',
    async (signInName) => {
      await tenant.deliver(approvals, reply(1))
      const { messages } = await receive(open(signInName === undefined ? {} : { signInName }))
      expect(messages).toHaveLength(1)
      expect(await tenant.calls('Token')).toMatchObject({ count: 0 })
    },
  )

  test('a wrong password is tried once, and again in an hour', async () => {
    const error = await mailFailure(receive(open({ password: 'wrong' })))
    expect(error).toMatchObject({
      kind: 'auth',
      retry: 'pause-mailbox',
      retryAfterMs: 3_600_000,
      messageKey: 'exchange-server.password-refused',
    })
    expect((await tenant.calls()).count).toBe(1)
  })

  test('a mailbox without EWS, and a server that lets only some programs in, tell nothing of Exchange Online', async () => {
    await tenant.licence(approvals, false)
    const failures = [await mailFailure(receive(open()))]
    await tenant.licence(approvals, true)
    await tenant.change({ userAgentPolicy: { mode: 'EnforceAllowList', patterns: ['Contoso/*'] } })
    failures.push(await mailFailure(receive(open())))
    for (const { kind, messageKey, messageValues } of failures) {
      expect({ kind, messageKey }).toEqual({
        kind: 'blocked-by-policy',
        messageKey: 'exchange-server.forbidden',
      })
      expect(translator('en')(`mail-errors:${messageKey}`, messageValues)).not.toMatch(
        /2027|Graph|EwsAllowedAppIDs/,
      )
    }
    expect((await receive(open({ userAgent: 'Contoso/7' }))).messages).toEqual([])
  })

  test('whose mailbox it is cannot be asked of another', () => {
    expect(open().opensAnother).toBeNull()
  })
})
