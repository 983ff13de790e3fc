import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Mailbox } from '../../src/mail/mailbox.ts'
import { mailFailure } from '../support/mail-failure.ts'
import { graphAdapter } from './exchange-online-adapters.ts'
import { approvals, describeMailbox } from './mailbox-contract.ts'
import { type SimulatedTenant, startSimulatedTenant } from './simulated-tenant.ts'

describeMailbox('Microsoft Graph', graphAdapter)

const signal = new AbortController().signal

describe('what Graph does besides', () => {
  let tenant: SimulatedTenant
  beforeAll(async () => {
    tenant = await startSimulatedTenant('immutableId')
  })
  afterAll(() => tenant.close())

  function open(): Mailbox {
    const { caPem, clientSecret } = tenant
    const mailbox = graphAdapter.open(tenant, {
      servers: tenant,
      caPem,
      secret: clientSecret,
      address: approvals,
      watchJunk: true,
    })
    onTestFinished(() => mailbox.close())
    return mailbox
  }

  test('it cannot be listened to without an address that Microsoft reaches, and says so', async () => {
    expect(await mailFailure(open().wait(signal))).toMatchObject({ kind: 'invalid', providerCode: 'no-push' })
  })
})
