import { Writable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../src/lib/log.ts'
import type { Mailbox } from '../../src/mail/mailbox.ts'
import { deliver, type Sender } from '../../src/outbound/deliver.ts'
import { findOut } from '../../src/outbound/find-out.ts'
import { putInOutbox } from '../../src/outbound/outbox.ts'
import { ewsAdapter, graphAdapter } from '../contract/exchange-online-adapters.ts'
import { type SimulatedTenant, startSimulatedTenant } from '../contract/simulated-tenant.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'

const { signal } = new AbortController()
const GRACE_MS = 60_000

describeOnBothDatabases('a mail on its way out', (open) => {
  let tenant: SimulatedTenant
  let api: SampleApi
  let adapter: Mailbox
  let mailbox: Sender
  /** The product's clock, which waits for nobody. */
  let now = new Date()
  let logged = ''
  const log = createLog(
    'error',
    new Writable({
      write(chunk, _, done) {
        logged += chunk
        done()
      },
    }),
  )
  beforeAll(async () => {
    tenant = await startSimulatedTenant()
    api = await openSampleApi(await open(), { clock: () => now, log })
    const { caPem, clientSecret } = tenant
    adapter = ewsAdapter.open(tenant, {
      servers: tenant,
      caPem,
      secret: clientSecret,
      address: 'approvals@contoso.example',
      watchJunk: true,
    })
    const { id } = await api.context.db.selectFrom('mailbox').select('id').executeTakeFirstOrThrow()
    mailbox = { id, open: adapter, limits: { messagesPerMinute: 10_000, recipientsPerDay: 10_000 } }
  })
  afterAll(async () => {
    await adapter?.close()
    await api?.close()
    await tenant?.close()
  })
  beforeEach(() => tenant.reset())

  /** Files a purchase; its approval e-mail waits. */
  async function write(): Promise<string> {
    const body = { process: 'purchase', data: purchase, requester: people.requester }
    const made = await api.call(api.operatorToken, 'POST', '/api/requests', body)
    const { id } = await api.context.db
      .selectFrom('outboundMessage')
      .select('id')
      .where('requestId', '=', made.body.id)
      .executeTakeFirstOrThrow()
    return id
  }

  const rowOf = (id: string) =>
    api.context.db.selectFrom('outboundMessage').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  const arrived = async () => (await tenant.messages(people.manager, 'Inbox')).length

  function wait(milliseconds: number): void {
    now = new Date(now.getTime() + milliseconds)
  }

  test('that arrived though the answer was lost is found in Sent Items, and not sent again', async () => {
    const id = await write()
    await tenant.fault('CreateItem', 'cutAfter')
    await deliver(api.context, mailbox, [id], signal)
    expect(await rowOf(id)).toMatchObject({ state: 'unknown', attempts: 0 })

    await deliver(api.context, mailbox, [id], signal)
    expect((await tenant.calls('CreateItem')).count).toBe(1)
    await findOut(api.context, mailbox, [id], signal)
    expect(await rowOf(id)).toMatchObject({ state: 'sent', error: null })
    expect(await arrived()).toBe(1)
  })

  test.each([null, 'cutAfter'] as const)(
    'to which Exchange gave another Message-ID is known by that one (%s)',
    async (fault) => {
      await tenant.change({ graph: { droppedHeaders: ['Message-ID'] } })
      const { caPem, clientSecret } = tenant
      const graph = graphAdapter.open(tenant, {
        servers: tenant,
        caPem,
        secret: clientSecret,
        address: 'approvals@contoso.example',
        watchJunk: true,
      })
      onTestFinished(() => graph.close())
      const id = await write()
      if (fault !== null) await tenant.fault('SendMessage', fault)
      await deliver(api.context, { ...mailbox, open: graph }, [id], signal)

      const [received] = await tenant.messages(people.manager, 'Inbox')
      expect(received?.internetMessageId).not.toMatch(/^<countersign\./)
      expect(await rowOf(id)).toMatchObject({
        state: fault === null ? 'sent' : 'unknown',
        messageId: received?.internetMessageId,
      })
      await findOut(api.context, { ...mailbox, open: graph }, [id], signal)
      expect(await rowOf(id)).toMatchObject({ state: 'sent' })
    },
  )

  test('whose copy comes late is found within the time that a copy may take, and not sent again', async () => {
    await tenant.change({ sentCopyDelaySeconds: 30 })
    const id = await write()
    await tenant.fault('CreateItem', 'cutAfter')
    await deliver(api.context, mailbox, [id], signal)
    for (const seconds of [0, 20]) {
      wait(seconds * 1_000)
      await tenant.advanceClock(seconds * 1_000)
      await findOut(api.context, mailbox, [id], signal)
      expect(await rowOf(id)).toMatchObject({ state: 'unknown', attempts: 0 })
    }
    wait(20_000)
    await tenant.advanceClock(20_000)
    await findOut(api.context, mailbox, [id], signal)
    expect(await rowOf(id)).toMatchObject({ state: 'sent', error: null })
    expect((await tenant.calls('CreateItem')).count).toBe(1)
    expect(await arrived()).toBe(1)
  })

  test('that never arrived is sent again only after the time a sent copy may take, with the same Message-ID', async () => {
    const id = await write()
    await tenant.fault('CreateItem', 'cut')
    await deliver(api.context, mailbox, [id], signal)
    const first = await rowOf(id)
    expect(first).toMatchObject({ state: 'unknown' })

    wait(GRACE_MS - 1)
    await findOut(api.context, mailbox, [id], signal)
    expect(await rowOf(id)).toMatchObject({ state: 'unknown' })
    wait(1)
    await findOut(api.context, mailbox, [id], signal)
    expect(await rowOf(id)).toMatchObject({ state: 'waiting' })
    await deliver(api.context, mailbox, [id], signal)
    expect(await rowOf(id)).toMatchObject({ state: 'sent', messageId: first.messageId })
    const inbox = await tenant.messages(people.manager, 'Inbox')
    expect(inbox.map(({ internetMessageId }) => internetMessageId)).toEqual([first.messageId])
  })

  test('waits as long as Exchange says when it is throttled, and uses up no attempt', async () => {
    const id = await write()
    await tenant.fault('CreateItem', { code: 'ErrorServerBusy', backOffMilliseconds: 9_000 })
    await deliver(api.context, mailbox, [id], signal)
    expect(await rowOf(id)).toMatchObject({
      state: 'waiting',
      attempts: 0,
      nextAttemptAt: new Date(now.getTime() + 9_000),
      error: { code: 'ErrorServerBusy' },
    })
    await deliver(api.context, mailbox, [id], signal)
    expect(await arrived()).toBe(0)
    wait(9_000)
    await deliver(api.context, mailbox, [id], signal)
    expect(await rowOf(id)).toMatchObject({ state: 'sent', error: null })
    expect(await arrived()).toBe(1)
  })

  test.each(['ErrorSubmissionQuotaExceeded', 'ErrorExceededMessageLimit'])(
    'waits for as long as the mailbox has reached its sending limit (%s)',
    async (code) => {
      const id = await write()
      for (let attempt = 1; attempt <= 9; attempt += 1) {
        await tenant.fault('CreateItem', { code, as: 'response' })
        await deliver(api.context, mailbox, [id], signal)
        expect(await rowOf(id)).toMatchObject({ state: 'waiting', attempts: 0, error: { code } })
        now = (await rowOf(id)).nextAttemptAt
      }
      await deliver(api.context, mailbox, [id], signal)
      expect(await rowOf(id)).toMatchObject({ state: 'sent', error: null })
    },
  )

  test('that cannot be composed is marked, and holds up none of the others', async () => {
    const good = await write()
    const { requestId, actionId, personId, toAddress } = await rowOf(good)
    // Says that nobody is away.
    const [bad = ''] = await api.context.db
      .transaction()
      .execute((tx) =>
        putInOutbox(tx, api.context, [
          { kind: 'approver-away', mailboxId: mailbox.id, toAddress, personId, requestId, actionId },
        ]),
      )
    await deliver(api.context, mailbox, [bad, good], signal)
    expect(await rowOf(good)).toMatchObject({ state: 'sent' })
    const marked = await rowOf(bad)
    expect(marked).toMatchObject({ state: 'waiting', attempts: 1, error: { code: 'not-composed' } })

    for (let attempt = 2; attempt <= 8; attempt += 1) {
      now = (await rowOf(bad)).nextAttemptAt
      await deliver(api.context, mailbox, [bad], signal)
    }
    expect(await rowOf(bad)).toMatchObject({ state: 'dead', attempts: 8 })
    expect(await arrived()).toBe(1)
  })

  /** A mail that is given up is logged, noted in the request's history, and told to the requester by mail. */
  async function expectGivenUp(id: string, code: string, attempts: number): Promise<void> {
    const { requestId, personId, ...row } = await rowOf(id)
    expect(row).toMatchObject({ state: 'dead', attempts, error: { code } })
    expect(logged).toContain('a mail was given up')
    expect(logged).toContain(id)

    const noted = await api.context.db
      .selectFrom('auditEntry')
      .select('payload')
      .where('requestId', '=', requestId)
      .where('kind', '=', 'mail-undelivered')
      .execute()
    expect(noted).toEqual([{ payload: { outboundMessageId: id, kind: 'approval', status: code } }])

    const told = await api.context.db
      .selectFrom('outboundMessage')
      .selectAll()
      .where('requestId', '=', requestId)
      .where('kind', '=', 'undelivered')
      .execute()
    expect(told).toMatchObject([
      {
        toAddress: people.requester,
        payload: { assigneeId: personId, address: people.manager, status: code },
      },
    ])
    await deliver(api.context, mailbox, [told[0]?.id ?? ''], signal)
    const inbox = await tenant.messages(people.requester, 'Inbox')
    expect(inbox.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Non remis\s:/)])
  }

  test('that Exchange refuses for ever is given up at once, and the requester is told', async () => {
    const id = await write()
    await tenant.fault('CreateItem', { code: 'ErrorInvalidRecipients', as: 'response' })
    await deliver(api.context, mailbox, [id], signal)
    await expectGivenUp(id, 'ErrorInvalidRecipients', 1)
  })

  test('that is refused eight times is given up, and the requester is told', async () => {
    const id = await write()
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      expect(await rowOf(id)).toMatchObject({ state: 'waiting', attempts: attempt - 1 })
      await tenant.fault('CreateItem', { code: 'ErrorQuotaExceeded', as: 'response' })
      now = (await rowOf(id)).nextAttemptAt
      await deliver(api.context, mailbox, [id], signal)
    }
    await expectGivenUp(id, 'ErrorQuotaExceeded', 8)
  })

  test('of which Exchange fails by itself, so that it may have gone out, is given up after eight times too', async () => {
    const id = await write()
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      expect(await rowOf(id)).toMatchObject({ state: 'waiting', attempts: attempt - 1 })
      await tenant.fault('CreateItem', { code: 'ErrorInternalServerError', as: 'response' })
      await deliver(api.context, mailbox, [id], signal)
      now = (await rowOf(id)).nextAttemptAt
      await findOut(api.context, mailbox, [id], signal)
    }
    await expectGivenUp(id, 'ErrorInternalServerError', 8)
  })

  test('that tells a fact is given up without a further mail about it', async () => {
    const { requestId, actionId } = await rowOf(await write())
    const nobody = { personId: null, toAddress: people.finance, requestId, actionId }
    const [id = ''] = await api.context.db
      .transaction()
      .execute((tx) =>
        putInOutbox(tx, api.context, [{ kind: 'request-closed', mailboxId: mailbox.id, ...nobody }]),
      )
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      now = (await rowOf(id)).nextAttemptAt
      await deliver(api.context, mailbox, [id], signal)
    }
    expect(await rowOf(id)).toMatchObject({ state: 'dead' })
    const made = await api.context.db
      .selectFrom('outboundMessage')
      .select('kind')
      .where('requestId', '=', requestId)
      .orderBy('createdAt')
      .execute()
    expect(made.map(({ kind }) => kind).sort()).toEqual(['approval', 'request-closed'])
  })
})
