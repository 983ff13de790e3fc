import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { processInbound } from '../../src/inbound/process.ts'
import { receive } from '../../src/jobs/receive.ts'
import { type Milestone, onMilestone } from '../../src/lib/milestones.ts'
import type { Mailbox, Received, ReceiveRequest } from '../../src/mail/mailbox.ts'
import type { OpenMailboxes } from '../../src/mailboxes/open-mailboxes.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type JobFloor, openJobFloor } from '../support/open-job-floor.ts'
import { type Answer, people } from '../support/sample-api.ts'
import { sendOutbound } from '../support/send-outbound.ts'

const { signal } = new AbortController()
const approvals = 'approvals@contoso.example'
const consented = ['full_access_as_app', 'Mail.ReadWrite', 'Mail.Send']

describeOnBothDatabases('a mailbox that is moved from Exchange Web Services to Graph', (open) => {
  let floor: JobFloor
  let count = 0
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())
  beforeEach(async () => {
    await floor.tenant.reset()
    await floor.saveMailbox('main', approvals)
    // A change of type may have been under way.
    await floor.context.db.updateTable('mailbox').set({ cursor: null, readFrom: null }).execute()
    await receiveNow()
  })

  /** With Graph's own host in the tenant. */
  const migrate = (dryRun: boolean, locale = 'en'): Promise<Answer> =>
    floor.call(
      floor.operatorToken,
      'POST',
      '/api/mailboxes/main/migrate',
      { dryRun, host: floor.tenant.host },
      { 'accept-language': locale },
    )
  const receiveNow = () => receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
  const send = (mailId: string) => sendOutbound(floor.context, floor.mailboxes, [mailId], signal)

  /** The app as it is registered, but for this; or the mailbox names one that nobody registered. */
  async function changeApp(change: object | string): Promise<void> {
    if (typeof change === 'string') {
      const { settings } = await floor.mailbox()
      const clientId = '99999999-0000-1111-2222-bbbbbbbbbbbb'
      const changed = { settings: JSON.stringify({ ...settings, clientId }) }
      await floor.context.db.updateTable('mailbox').set(changed).execute()
      return
    }
    const { clientId: id, clientSecret: value } = floor.tenant
    const app = { id, secrets: [{ value, expiresAt: null }], roles: consented, mailboxes: null }
    await floor.tenant.change({ apps: [{ ...app, ...change }] })
  }

  /** Asks the manager about a purchase; returns what an answer needs. */
  async function ask(): Promise<{ requestId: number; token: string; mailId: string }> {
    const { requestId, mailId } = await floor.write()
    await send(mailId)
    const { messageId } = await floor.mail(mailId)
    return { requestId, mailId, token: /countersign\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1] ?? '' }
  }

  async function reply(token: string, from = people.manager): Promise<void> {
    count += 1
    const lines = [
      `From: ${from}`,
      `To: ${approvals}`,
      `Message-ID: <${count}@contoso.example>`,
      `Subject: RE: Purchase [#1-1-${token}]`,
      '',
      'Yes',
    ]
    await floor.tenant.deliver(approvals, lines.join('\r\n'))
  }

  /** What became of the messages of a request, in the order in which they were stored. */
  async function outcomes(requestId: number): Promise<(string | null)[]> {
    const waiting = await floor.context.db
      .selectFrom('inboundMessage')
      .select('id')
      .where('state', '=', 'received')
      .orderBy('id')
      .execute()
    const ids = waiting.map(({ id }) => id)
    if (ids.length > 0) await processInbound(floor.context, ids)
    const rows = await floor.context.db
      .selectFrom('inboundMessage')
      .select('outcome')
      .where('requestId', '=', requestId)
      .orderBy('id')
      .execute()
    return rows.map(({ outcome }) => outcome)
  }

  const inbox = async () => (await floor.tenant.messages(approvals, 'Inbox')).length
  const unfetched = () => floor.context.db.selectFrom('failedFetch').select('providerId').execute()
  const notes = async (requestId: number) =>
    floor.context.db
      .selectFrom('auditEntry')
      .select(['actorId', 'payload'])
      .where('requestId', '=', requestId)
      .where('kind', '=', 'mailbox-migrated')
      .execute()

  /** Does the other thing at the milestone, while the work goes on. */
  async function during(milestone: Milestone, work: () => Promise<unknown>, other: () => Promise<unknown>) {
    let begun: Promise<unknown> | null = null
    const forget = onMilestone(milestone, () => {
      begun ??= other()
    })
    await work().finally(forget)
    await begun
  }

  /** The open mailboxes, which do some things in another way. */
  function workingAs(otherwise: (mailbox: Mailbox) => Partial<Mailbox>): OpenMailboxes {
    return {
      ...floor.mailboxes,
      async open(row) {
        const mailbox = await floor.mailboxes.open(row)
        return { ...mailbox, ...otherwise(mailbox) }
      },
    }
  }

  /** The open mailboxes, which receive in another way. */
  const receivingAs = (receiveFrom: (mailbox: Mailbox, request: ReceiveRequest) => Promise<Received>) =>
    workingAs((mailbox) => ({ receive: (request) => receiveFrom(mailbox, request) }))

  test('is planned first, and nothing changes', async () => {
    const before = await floor.mailbox()
    const { requestId } = await ask()
    const { status, body } = await migrate(true)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      applied: false,
      ready: true,
      changes: [
        { setting: 'mailbox.type', from: 'exchange-online-ews', to: 'exchange-online-graph' },
        { setting: 'mailbox.host' },
        { setting: 'oauth.scope', to: 'https://graph.microsoft.com/.default' },
      ],
      readFrom: before.startFrom.toISOString(),
    })
    expect(body.checks.map(({ outcome }: { outcome: string }) => outcome)).not.toContain('failed')
    expect(await floor.mailbox()).toEqual(before)
    expect(await notes(requestId)).toEqual([])
    expect(await floor.tenant.messages(approvals, 'Sent Items')).toHaveLength(1)
    const french = (await migrate(true, 'fr')).body
    expect(french.message).toContain('peut passer à Microsoft Graph')
    expect(french.concerns.map(({ id }: { id: string }) => id)).toEqual(
      body.concerns.map(({ id }: { id: string }) => id),
    )
  })

  describe.each([
    [
      'no consent for Graph',
      { roles: ['full_access_as_app'] },
      'role',
      /Mail.ReadWrite and Mail.Send/,
      /étape 2/,
    ],
    [
      'no consent to send',
      { roles: ['full_access_as_app', 'Mail.ReadWrite'] },
      'role',
      /but not Mail.Send.*step 2/,
      /mais pas Mail.Send.*étape 2/,
    ],
    ['a wrong secret', { secrets: [{ value: 'another', expiresAt: null }] }, 'token', /secret/, /secret/],
    [
      'the mailbox out of scope',
      { mailboxes: ['thomas.berger@contoso.example'] },
      'read-mailbox',
      /may not open the mailbox/,
      /boîte/,
    ],
    ['an application that is not known', 'unknown', 'token', /application/i, /application/i],
  ])('with %s', (_, change, step, english, french) => {
    test('is not moved, and told what is missing in both languages', async () => {
      await changeApp(change)
      const before = await floor.mailbox()
      for (const [locale, words] of [
        ['en', english],
        ['fr', french],
      ] as const) {
        const plan = (await migrate(true, locale)).body
        expect(plan).toMatchObject({ applied: false, ready: false })
        const failed = plan.checks.find(({ outcome }: { outcome: string }) => outcome === 'failed')
        expect(failed).toMatchObject({ id: step, mend: expect.stringMatching(words) })
        const refused = await migrate(false, locale)
        expect(refused.status).toBe(409)
        expect(refused.body).toMatchObject({
          code: 'mailbox-not-ready',
          problems: [{ path: `checks.${step}`, message: expect.stringMatching(words) }],
        })
      }
      expect(await floor.mailbox()).toEqual(before)
    })
  })

  test('decides each reply once: not put aside, not fetched, and come afterwards', async () => {
    const [before, lost, after] = [await ask(), await ask(), await ask()]
    // Stored, but not put aside.
    await reply(before.token)
    await floor.tenant.fault('MoveItem', { status: 503 })
    await receiveNow()
    expect(await outcomes(before.requestId)).toEqual(['decided'])
    // Not fetched.
    await floor.context.db.updateTable('mailbox').set({ retryAt: null, sendRetryAt: null }).execute()
    await reply(lost.token)
    await floor.tenant.fault('MoveItem', { status: 503 })
    await floor.tenant.fault('GetItem', { code: 'ErrorCorruptData', as: 'response' })
    await receiveNow()
    expect(await unfetched()).toHaveLength(1)
    expect(await inbox()).toBe(2)
    expect((await migrate(true)).body.concerns).toMatchObject([
      { id: 'known' },
      { id: 'unsettled', count: 1 },
      { id: 'unfetched', count: 1 },
      { id: 'waiting' },
      { id: 'underWay', count: 0 },
      { id: 'openRequests' },
    ])

    expect((await migrate(false)).body).toMatchObject({ applied: true, ready: true })
    expect(await floor.mailbox()).toMatchObject({
      settings: { type: 'exchange-online-graph' },
      state: 'running',
      trouble: null,
      cursor: null,
    })
    expect(await unfetched()).toEqual([])
    await reply(after.token)
    await receiveNow()
    expect(await outcomes(before.requestId)).toEqual(['decided', 'duplicate'])
    expect(await outcomes(lost.requestId)).toEqual(['decided'])
    expect(await outcomes(after.requestId)).toEqual(['decided'])
    expect(await inbox()).toBe(0)
    expect(await floor.mailbox()).toMatchObject({ readFrom: null, trouble: null })
    expect(await notes(after.requestId)).toEqual([
      {
        actorId: null,
        payload: { mailbox: 'main', from: 'exchange-online-ews', to: 'exchange-online-graph' },
      },
    ])
    expect((await migrate(true)).body).toMatchObject({ code: 'mailbox-not-on-ews' })
  })

  test('is not up to date before it was read to its end', async () => {
    await floor.context.db.updateTable('mailbox').set({ cursor: null, lastReceivedAt: null }).execute()
    const { token } = await ask()
    await reply(token)
    await reply(token)
    const dying = new AbortController()
    const one = receivingAs((mailbox, request) =>
      mailbox.receive({ ...request, limit: { messages: 1, bytes: 1_000_000 } }),
    )
    const forget = onMilestone('messages-stored', () => dying.abort())
    await receive(floor.context, one, floor.mailboxId, dying.signal)
    forget()
    const { cursor, lastReceivedAt, startFrom } = await floor.mailbox()
    expect([cursor === null, lastReceivedAt]).toEqual([false, null])
    expect((await migrate(true)).body.readFrom).toBe(startFrom.toISOString())
    await receiveNow()
    expect((await floor.mailbox()).lastReceivedAt).toEqual(floor.now())
  })

  test('asks nobody twice to confirm the same reply', async () => {
    const { requestId, token } = await ask()
    await reply(token, people.finance)
    // The tenant's clock is the real one.
    floor.wait(Math.max(0, Date.now() - floor.now().getTime()))
    await floor.tenant.fault('MoveItem', { status: 503 })
    await receiveNow()
    expect(await outcomes(requestId)).toEqual(['held'])
    expect((await migrate(false)).body).toMatchObject({ applied: true })
    await receiveNow()
    expect(await outcomes(requestId)).toEqual(['held', 'held'])
    const told = await floor.context.db
      .selectFrom('outboundMessage')
      .select('toAddress')
      .where('requestId', '=', requestId)
      .where('kind', '=', 'confirm-held')
      .execute()
    expect(told).toEqual([{ toAddress: people.manager }])
  })

  test('keeps no cursor of a reading that began before', async () => {
    const { requestId, token } = await ask()
    await floor.context.db.updateTable('mailbox').set({ cursor: null }).execute()
    await reply(token)
    const gate = Promise.withResolvers<void>()
    const slow = receivingAs(async (mailbox, request) => {
      const received = await mailbox.receive(request)
      await gate.promise
      return received
    })
    const underWay = receive(floor.context, slow, floor.mailboxId, signal).catch((error: unknown) => error)
    expect((await migrate(false)).body).toMatchObject({ applied: true })
    gate.resolve()
    expect(await underWay).toMatchObject({ message: expect.stringContaining('was moved meanwhile') })
    expect(await floor.mailbox()).toMatchObject({ cursor: null })
    expect(await outcomes(requestId)).toEqual([])
    await receiveNow()
    expect(await outcomes(requestId)).toEqual(['decided'])
    expect(await inbox()).toBe(0)
  })

  test('keeps nothing of a putting aside that failed over Exchange Web Services', async () => {
    const { requestId, token } = await ask()
    await reply(token)
    const slow = workingAs((mailbox) => ({
      async settle(...of) {
        expect((await migrate(false)).body).toMatchObject({ applied: true })
        await floor.tenant.fault('MoveItem', { status: 503 })
        return mailbox.settle(...of)
      },
    }))
    await receive(floor.context, slow, floor.mailboxId, signal)
    const due = floor.context.db.selectFrom('inboundMessage').select('id').where('settleState', '=', 'due')
    expect(await due.execute()).toEqual([])
    await floor.context.db.updateTable('mailbox').set({ retryAt: null }).execute()
    await receiveNow()
    expect((await outcomes(requestId)).toSorted()).toEqual(['decided', 'duplicate'])
    expect(await inbox()).toBe(0)
  })

  test('keeps no failure of a message by its old id', async () => {
    const { requestId, token } = await ask()
    await reply(token)
    await floor.tenant.fault('GetItem', { code: 'ErrorMimeContentConversionFailed', as: 'response' })
    await receiveNow()
    expect(await unfetched()).toHaveLength(1)
    await floor.context.db.updateTable('failedFetch').set({ nextAttemptAt: floor.now() }).execute()
    const slow = workingAs((mailbox) => ({
      async fetch(request) {
        expect((await migrate(false)).body).toMatchObject({ applied: true })
        await floor.tenant.fault('GetItem', { code: 'ErrorMimeContentConversionFailed', as: 'response' })
        return mailbox.fetch(request)
      },
    }))
    await receive(floor.context, slow, floor.mailboxId, signal).catch(() => undefined)
    expect(await unfetched()).toEqual([])
    await receiveNow()
    expect(await outcomes(requestId)).toEqual(['decided'])
  })

  test('finds out over Graph what became of a mail whose sending was cut off', async () => {
    const [arrived, absent] = [await floor.write(), await floor.write()]
    await floor.tenant.fault('CreateItem', 'cutAfter', 'cut')
    for (const { mailId } of [arrived, absent]) {
      await floor.context.db.updateTable('mailbox').set({ retryAt: null, sendRetryAt: null }).execute()
      await send(mailId)
      expect(await floor.mail(mailId)).toMatchObject({ state: 'unknown' })
    }
    expect((await migrate(true)).body.concerns[4]).toMatchObject({ id: 'underWay', count: 2 })
    expect((await migrate(false)).body).toMatchObject({ applied: true })
    floor.wait(61_000)
    for (const { mailId } of [arrived, absent]) await send(mailId)
    expect(await floor.mail(arrived.mailId)).toMatchObject({ state: 'sent' })
    expect(await floor.mail(absent.mailId)).toMatchObject({ state: 'waiting' })
    await send(absent.mailId)
    expect(await floor.mail(absent.mailId)).toMatchObject({ state: 'sent' })
    expect(await floor.tenant.messages(approvals, 'Sent Items')).toHaveLength(2)
  })

  test('sends a mail once that was being sent over Exchange Web Services', async () => {
    const { mailId } = await floor.write()
    await during(
      'mails-claimed',
      () => send(mailId),
      () => migrate(false),
    )
    expect(await floor.mailbox()).toMatchObject({ settings: { type: 'exchange-online-graph' } })
    floor.wait(61_000)
    await send(mailId)
    expect(await floor.mail(mailId)).toMatchObject({ state: 'sent' })
    expect(await floor.tenant.messages(approvals, 'Sent Items')).toHaveLength(1)
  })

  test('is moved though the tenant has switched Exchange Web Services off', async () => {
    const { requestId, token } = await ask()
    await reply(token)
    await floor.tenant.change({ ewsEnabled: false })
    await receiveNow()
    expect(await floor.mailbox()).toMatchObject({ state: 'paused', trouble: { kind: 'blocked-by-policy' } })
    const listed = await floor.call(floor.operatorToken, 'GET', '/api/mailboxes')
    expect(listed.body.items[0].retirement).toEqual({
      endsOn: '2027-04-01',
      state: 'switched-off',
      message: expect.stringMatching(/It has happened.*countersign mailbox migrate main/),
    })
    const notices = await floor.call(floor.operatorToken, 'GET', '/api/notices')
    expect(notices.body.items).toEqual([
      expect.objectContaining({ kind: 'mailbox-down', message: expect.stringContaining('mailbox migrate') }),
    ])

    expect((await migrate(false)).body).toMatchObject({ applied: true })
    expect(await floor.mailbox()).toMatchObject({ state: 'running', trouble: null, retryAt: null })
    expect(await floor.takeJobs('receive')).toContain(floor.mailboxId)
    await receiveNow()
    expect(await outcomes(requestId)).toEqual(['decided'])
    expect(await floor.mailbox()).toMatchObject({ failures: 0 })
    const after = await floor.call(floor.operatorToken, 'GET', '/api/mailboxes')
    expect(after.body.items[0].retirement).toBeNull()
  })

  test('tells its administrators of the end before it comes, in their language, and nobody else', async () => {
    const notices = (token: string, locale: string) =>
      floor.call(token, 'GET', '/api/notices', undefined, { 'accept-language': locale })
    const { items } = (await notices(floor.operatorToken, 'fr')).body
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      kind: 'ews-end',
      mailbox: 'main',
      since: '2026-10-01T00:00:00.000Z',
      code: null,
      message: expect.stringContaining('le 1er avril 2027'),
    })
    expect((await notices(await floor.tokenFor(people.finance), 'en')).body.items).toEqual([])
  })
})
