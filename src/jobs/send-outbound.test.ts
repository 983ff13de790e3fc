import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { eventually } from '../../test/support/eventually.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { people } from '../../test/support/sample-api.ts'
import { sendOutbound } from '../../test/support/send-outbound.ts'
import { pauseMailbox, resumeMailbox } from '../mailboxes/pause-mailbox.ts'
import { receive } from './receive.ts'
import { resumeDue } from './resume-due.ts'

const { signal } = new AbortController()
const MINUTE_MS = 60_000
/** How many jobs are handed over at a time. */
const BATCH = 20
const later = { atStart: false, isOnlyProcess: false }

describeOnBothDatabases('a mailbox whose server is down', (open) => {
  let floor: JobFloor
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())
  beforeEach(() => floor.tenant.reset())

  /** Runs the jobs that are due, as the queue would. */
  async function send(): Promise<void> {
    const ids = await floor.takeJobs('send-outbound')
    for (let at = 0; at < ids.length; at += BATCH) {
      await sendOutbound(floor.context, floor.mailboxes, ids.slice(at, at + BATCH), signal)
    }
  }

  async function aMinuteLater(): Promise<void> {
    floor.wait(MINUTE_MS)
    await resumeDue(floor.context, later)
    await send()
  }

  test('is called as seldom as its back-off says, however much waits, and all of it goes out afterwards', async () => {
    const mails: string[] = []
    for (let count = 0; count < 25; count += 1) mails.push((await floor.write()).mailId)
    await floor.tenant.fault('CreateItem', ...Array.from({ length: 100 }, () => ({ status: 503 })))
    await send()
    for (let minute = 0; minute < 60; minute += 1) await aMinuteLater()

    // 10, 20, 40 … 640 seconds, then a quarter of an hour, with at most a quarter of jitter and a minute to the next look.
    const { count } = await floor.tenant.calls('CreateItem')
    expect(count).toBeGreaterThanOrEqual(6)
    expect(count).toBeLessThanOrEqual(10)
    const row = await floor.mailbox()
    expect(row).toMatchObject({ state: 'running', failures: count, trouble: { providerCode: 'HTTP 503' } })
    for (const id of mails) expect(await floor.mail(id)).toMatchObject({ state: 'waiting', attempts: 0 })

    await floor.tenant.reset()
    await floor.tenant.change({ messageRateLimit: null })
    for (let minute = 0; minute < 20; minute += 1) await aMinuteLater()
    for (const id of mails) expect(await floor.mail(id)).toMatchObject({ state: 'sent', attempts: 0 })
    expect(await floor.tenant.messages(people.manager, 'Inbox')).toHaveLength(25)
    expect(await floor.mailbox()).toMatchObject({ failures: 0, trouble: null, sendRetryAt: null })
  })

  test('has been in trouble since the first failure in a row', async () => {
    const since = floor.now().toISOString()
    await floor.write()
    await floor.tenant.fault('CreateItem', { status: 503 }, { status: 503 })
    await send()
    await aMinuteLater()
    expect(await floor.mailbox()).toMatchObject({ failures: 2, trouble: { since } })
    await aMinuteLater()
    expect(await floor.mailbox()).toMatchObject({ failures: 0, trouble: null })
  })

  test('works again only when it has shown so', async () => {
    const outage = Array.from({ length: 10 }, () => ({ status: 503 }))
    const { mailId: waiting } = await floor.write()
    const { mailId: unknown } = await floor.write()
    await floor.takeJobs('send-outbound')
    await floor.tenant.fault('CreateItem', 'cut')
    await sendOutbound(floor.context, floor.mailboxes, [unknown], signal)
    floor.wait(MINUTE_MS)
    await floor.tenant.fault('CreateItem', ...outage)
    await floor.tenant.fault('FindItem', ...outage)
    await sendOutbound(floor.context, floor.mailboxes, [waiting], signal)
    const { trouble } = await floor.mailbox()
    expect(trouble).toMatchObject({ providerCode: 'HTTP 503' })

    floor.wait(MINUTE_MS)
    await sendOutbound(floor.context, floor.mailboxes, [unknown], signal)
    expect(await floor.mail(unknown)).toMatchObject({ state: 'unknown' })
    expect(await floor.mailbox()).toMatchObject({ trouble })
    // Nor by a mail that is not due, of which it was not asked.
    const nextAttemptAt = new Date(floor.now().getTime() + MINUTE_MS)
    await floor.context.db
      .updateTable('outboundMessage')
      .set({ nextAttemptAt })
      .where('id', '=', waiting)
      .execute()
    await sendOutbound(floor.context, floor.mailboxes, [waiting], signal)
    expect(await floor.mailbox()).toMatchObject({ trouble })

    await floor.tenant.reset()
    await sendOutbound(floor.context, floor.mailboxes, [unknown], signal)
    expect(await floor.mailbox()).toMatchObject({ trouble: null, failures: 0 })
  })

  test.each([
    { fails: 'sending', operation: 'CreateItem' },
    { fails: 'receiving', operation: 'SyncFolderItems' },
  ])('is in trouble as long as its $fails fails, whatever else works', async ({ operation }) => {
    await floor.tenant.fault(operation, ...Array.from({ length: 30 }, () => ({ status: 503 })))
    const since = new Set<string | undefined>()
    for (let round = 0; round < 6; round += 1) {
      await floor.write()
      await send()
      floor.wait(20 * MINUTE_MS)
      await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
      since.add((await floor.mailbox()).trouble?.since)
      floor.wait(20 * MINUTE_MS)
    }
    expect([...since]).toEqual([expect.any(String)])
    await floor.tenant.reset()
    await floor.tenant.change({ messageRateLimit: null })
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
    await aMinuteLater()
    expect(await floor.mailbox()).toMatchObject({ failures: 0, trouble: null })
  })

  test('is in trouble no more when nothing is left to be sent', async () => {
    const { requestId } = await floor.write()
    await floor.tenant.fault('CreateItem', { status: 503 })
    await send()
    expect((await floor.mailbox()).trouble).not.toBeNull()
    await floor.call(floor.operatorToken, 'POST', `/api/requests/${requestId}/cancel`)
    await floor.context.db
      .updateTable('outboundMessage')
      .set({ state: 'cancelled' })
      .where('requestId', '=', requestId)
      .execute()
    floor.wait(MINUTE_MS)
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
    expect(await floor.mailbox()).toMatchObject({ failures: 0, trouble: null })
  })
})

describeOnBothDatabases('a mailbox that is sent from', (open) => {
  let floor: JobFloor
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())
  beforeEach(() => floor.tenant.reset())

  const send = (mailId: string) => sendOutbound(floor.context, floor.mailboxes, [mailId], signal)

  /** Does something while the call that sends the mail is under way, and waits for the end of both. */
  async function whileSending(mailId: string, act: () => Promise<unknown>): Promise<void> {
    await floor.tenant.fault('CreateItem', { waitMs: 1_000 })
    const sending = send(mailId)
    await eventually(async () => expect(await floor.tenant.faultsLeft()).toBe(0))
    expect(await floor.mail(mailId)).toMatchObject({ state: 'sending' })
    await Promise.all([sending, act()])
  }

  test('sends what is under way, and then by its new settings, when they change meanwhile', async () => {
    const [first, second] = [await floor.write(), await floor.write()]
    await whileSending(first.mailId, async () => {
      await floor.saveMailbox('main', 'approvals@contoso.example')
      await send(second.mailId)
    })
    for (const { mailId } of [first, second]) {
      expect(await floor.mail(mailId)).toMatchObject({ state: 'sent', attempts: 0 })
    }
    expect(await floor.mailbox()).toMatchObject({ state: 'running', trouble: null, failures: 0 })
  })

  test('keeps what came of a call during which it was paused, and sends nothing more', async () => {
    const [first, second] = [await floor.write(), await floor.write()]
    await whileSending(first.mailId, () => pauseMailbox(floor.context, 'main', null))
    await send(second.mailId)
    expect(await floor.mail(first.mailId)).toMatchObject({ state: 'sent' })
    expect(await floor.mail(second.mailId)).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(await floor.mailbox()).toMatchObject({ state: 'disabled' })

    await resumeMailbox(floor.context, 'main', null)
  })
})

describeOnBothDatabases('a mailbox that is throttled', (open) => {
  let floor: JobFloor
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())
  beforeEach(() => floor.tenant.reset())

  const busy = { code: 'ErrorServerBusy', backOffMilliseconds: 90_000 }
  const send = (mailId: string) => sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
  const receiveAll = () => receive(floor.context, floor.mailboxes, floor.mailboxId, signal)

  const reply = (token: string) =>
    [
      `From: ${people.manager}`,
      'To: approvals@contoso.example',
      `Subject: RE: Purchase [#1-1-${token}]`,
      '',
      'Yes',
    ].join('\r\n')

  /** Sends the approval e-mail of a new purchase, and returns the token in it. */
  async function ask(): Promise<string> {
    const { mailId } = await floor.write()
    await send(mailId)
    const { messageId } = await floor.mail(mailId)
    return /countersign\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1] ?? ''
  }

  /** What each work does when Exchange has said how long to wait. */
  async function expectWaiting(
    operation: string,
    retryColumn: 'retryAt' | 'sendRetryAt',
    work: () => Promise<void>,
  ): Promise<void> {
    await floor.tenant.fault(operation, busy)
    await work()
    expect(await floor.mailbox()).toMatchObject({
      state: 'running',
      retryAt: null,
      sendRetryAt: null,
      [retryColumn]: new Date(floor.now().getTime() + busy.backOffMilliseconds),
      trouble: { providerCode: 'ErrorServerBusy' },
    })
    const before = await floor.tenant.calls()
    floor.wait(busy.backOffMilliseconds - 1)
    await work()
    expect(await floor.tenant.calls()).toEqual(before)

    floor.wait(1)
    await work()
    expect(await floor.mailbox()).toMatchObject({ failures: 0, [retryColumn]: null, trouble: null })
  }

  test('while sending is sent from no more for as long as it says', async () => {
    const { mailId } = await floor.write()
    await expectWaiting('CreateItem', 'sendRetryAt', () => send(mailId))
    expect(await floor.mail(mailId)).toMatchObject({ state: 'sent', attempts: 0 })
  })

  test('while receiving is read no more for as long as it says', async () => {
    await floor.tenant.deliver('approvals@contoso.example', reply(await ask()))
    await expectWaiting('SyncFolderItems', 'retryAt', receiveAll)
    expect(await floor.tenant.messages('approvals@contoso.example', 'Inbox')).toEqual([])
  })

  test('while settling is read no more for as long as it says, and the stored message settled afterwards', async () => {
    await floor.tenant.deliver('approvals@contoso.example', reply(await ask()))
    await expectWaiting('MoveItem', 'retryAt', receiveAll)
    const settled = await floor.context.db
      .selectFrom('inboundMessage')
      .select(['settleState', 'settleAttempts'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(settled).toEqual({ settleState: 'done', settleAttempts: 0 })
  })

  test('while sending is read all the same, and sent from while it is not read', async () => {
    await floor.tenant.deliver('approvals@contoso.example', reply(await ask()))
    const { mailId } = await floor.write()
    await floor.tenant.fault('CreateItem', busy)
    await send(mailId)
    await receiveAll()
    expect(await floor.tenant.messages('approvals@contoso.example', 'Inbox')).toEqual([])
    expect(await floor.mail(mailId)).toMatchObject({ state: 'waiting', attempts: 0 })

    floor.wait(busy.backOffMilliseconds)
    await floor.tenant.fault('SyncFolderItems', busy)
    await receiveAll()
    await send(mailId)
    expect(await floor.mail(mailId)).toMatchObject({ state: 'sent' })
    expect((await floor.mailbox()).retryAt).not.toBeNull()
  })

  test('is read and does not flap when its account may not send, and sends again by itself', async () => {
    const { mailId } = await floor.write()
    await floor.tenant.fault('CreateItem', { code: 'ErrorMessageSubmissionBlocked' })
    await send(mailId)
    const blocked = { state: 'running', trouble: { providerCode: 'ErrorMessageSubmissionBlocked' } }
    expect(await floor.mailbox()).toMatchObject(blocked)
    await receiveAll()
    expect(await floor.mailbox()).toMatchObject(blocked)
    const { sendRetryAt } = await floor.mailbox()
    floor.wait((sendRetryAt?.getTime() ?? 0) - floor.now().getTime())
    await send(mailId)
    expect(await floor.mail(mailId)).toMatchObject({ state: 'sent', attempts: 0 })
    expect(await floor.mailbox()).toMatchObject({ state: 'running', trouble: null, failures: 0 })
  })
})

describeOnBothDatabases('mails of unknown outcome', (open) => {
  let floor: JobFloor
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())

  test('are asked for once while the mailbox cannot be asked, and as late as it says', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await floor.write()).mailId))
    await floor.context.db
      .updateTable('outboundMessage')
      .set((row) => ({
        state: 'unknown',
        sendingSince: floor.now(),
        messageId: sql<string>`'<' || ${row.ref('id')} || '@contoso.example>'`,
      }))
      .execute()
    await floor.tenant.fault('FindItem', { code: 'ErrorServerBusy', backOffMilliseconds: 90_000 })
    await sendOutbound(floor.context, floor.mailboxes, ids, signal)
    expect((await floor.tenant.calls('FindItem')).count).toBe(1)
    for (const id of ids) {
      expect(await floor.mail(id)).toMatchObject({
        state: 'unknown',
        nextAttemptAt: new Date(floor.now().getTime() + 90_000),
      })
    }
  })
})

describeOnBothDatabases('a mail that cannot be composed', (open) => {
  let floor: JobFloor
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())

  test('keeps nobody else from being asked', async () => {
    const broken = await floor.write()
    const sound = await floor.write()
    const { actionId } = await floor.mail(broken.mailId)
    await floor.context.db.deleteFrom('replyToken').where('actionId', '=', actionId).execute()
    await sendOutbound(floor.context, floor.mailboxes, [broken.mailId, sound.mailId], signal)
    expect(await floor.mail(broken.mailId)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      error: { code: 'not-composed' },
    })
    expect(await floor.mail(sound.mailId)).toMatchObject({ state: 'sent', attempts: 0 })
  })
})
