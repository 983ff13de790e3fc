import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { people } from '../../test/support/sample-api.ts'
import { sendOutbound } from '../../test/support/send-outbound.ts'
import { receive } from '../jobs/receive.ts'
import { MailError } from '../mail/errors.ts'
import { endTrouble, noteTrouble } from './note-trouble.ts'
import { tryAtOnce } from './try-at-once.ts'

const { signal } = new AbortController()

describeOnBothDatabases('a mailbox in trouble', (open) => {
  let floor: JobFloor
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())
  beforeEach(() => floor.tenant.reset())

  const send = (mailIds: string[]) => sendOutbound(floor.context, floor.mailboxes, mailIds, signal)

  const outage = (providerCode: string, retryAfterMs?: number) =>
    new MailError('the server is down', {
      kind: 'unavailable',
      retry: 'later',
      providerCode,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    })

  test('backs off longer with each failure, up to a quarter of an hour and a quarter of it', async () => {
    const waits: number[] = []
    for (let failures = 1; failures <= 12; failures += 1) {
      await noteTrouble(floor.context, await floor.mailbox(), outage('ECONNREFUSED'), 'receive')
      const { retryAt, ...row } = await floor.mailbox()
      expect(row).toMatchObject({ state: 'running', failures })
      waits.push((retryAt?.getTime() ?? 0) - floor.now().getTime())
    }
    for (const [index, wait] of waits.entries()) {
      const least = Math.min(15 * 60_000, 5_000 * 2 ** (index + 1))
      expect(wait).toBeGreaterThanOrEqual(least)
      expect(wait).toBeLessThanOrEqual(least * 1.25)
    }
    await endTrouble(floor.context, await floor.mailbox(), 'receive')
    expect(await floor.mailbox()).toMatchObject({ failures: 0, retryAt: null, trouble: null })
  })

  test('is none of one that was given other settings meanwhile', async () => {
    const before = await floor.mailbox()
    await floor.saveMailbox('main', 'approvals@contoso.example')
    const wrong = new MailError('the secret is wrong', {
      kind: 'auth',
      retry: 'pause-mailbox',
      providerCode: 'AADSTS7000215',
    })
    await noteTrouble(floor.context, before, wrong, 'receive')
    expect(await floor.mailbox()).toMatchObject({
      state: 'running',
      trouble: null,
      failures: 0,
      retryAt: null,
    })
  })

  test('tells since when it fails, whatever goes wrong later', async () => {
    const first = floor.now().toISOString()
    await noteTrouble(floor.context, await floor.mailbox(), outage('ECONNREFUSED'), 'receive')
    floor.wait(60_000)
    await noteTrouble(floor.context, await floor.mailbox(), outage('ECONNREFUSED'), 'receive')
    expect(await floor.mailbox()).toMatchObject({ trouble: { providerCode: 'ECONNREFUSED', since: first } })
    await noteTrouble(floor.context, await floor.mailbox(), outage('ENOTFOUND'), 'receive')
    expect(await floor.mailbox()).toMatchObject({
      trouble: { providerCode: 'ENOTFOUND', since: first },
    })
    await endTrouble(floor.context, await floor.mailbox(), 'receive')
  })

  test('waits as long as it was told, though another call at that time was told less', async () => {
    const row = await floor.mailbox()
    const told = [outage('ErrorServerBusy', 300_000), outage('HTTP 503'), outage('HTTP 503', 9_000)]
    for (const error of told) await noteTrouble(floor.context, row, error, 'receive')
    expect((await floor.mailbox()).retryAt).toEqual(new Date(floor.now().getTime() + 300_000))
    await endTrouble(floor.context, await floor.mailbox(), 'receive')
    expect((await floor.mailbox()).retryAt).toBeNull()
  })

  test('does not come to life again when it was switched off meanwhile', async () => {
    await noteTrouble(floor.context, await floor.mailbox(), outage('ECONNREFUSED'), 'receive')
    const row = await floor.mailbox()
    await floor.context.db.updateTable('mailbox').set({ state: 'disabled' }).execute()
    await endTrouble(floor.context, row, 'receive')
    expect(await floor.mailbox()).toMatchObject({ state: 'disabled' })
    await floor.saveMailbox('main', 'approvals@contoso.example')
  })

  test('whose secret is wrong is paused, and runs at once when it is given the right one', async () => {
    const { mailId } = await floor.write()
    await floor.saveMailbox('main', 'approvals@contoso.example', 'not-the-secret')
    await floor.takeJobs('receive')
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
    expect(await floor.mailbox()).toMatchObject({
      state: 'paused',
      trouble: { kind: 'auth', since: floor.now().toISOString() },
    })

    // Receiving alone tries whether it is mended, however long that takes.
    floor.wait(24 * 60 * 60_000)
    const before = await floor.tenant.calls()
    await send([mailId])
    expect(await floor.tenant.calls()).toEqual(before)
    expect(await floor.mail(mailId)).toMatchObject({ state: 'waiting', attempts: 0 })

    await floor.saveMailbox('main', 'approvals@contoso.example')
    expect(await floor.mailbox()).toMatchObject({
      state: 'running',
      trouble: null,
      // Until it works.
      failures: 1,
      retryAt: null,
    })
    expect(await floor.takeJobs('receive')).toEqual([floor.mailboxId])
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
    expect(await floor.mailbox()).toMatchObject({ failures: 0 })
    await send([mailId])
    expect(await floor.mail(mailId)).toMatchObject({ state: 'sent' })
  })

  test('that was seen to work is tried at once, unless it was given other settings since', async () => {
    await noteTrouble(floor.context, await floor.mailbox(), outage('ECONNREFUSED', 3_600_000), 'send')
    await noteTrouble(floor.context, await floor.mailbox(), outage('ECONNREFUSED', 3_600_000), 'receive')
    const row = await floor.mailbox()
    const { retryAt } = row
    await floor.takeJobs('receive')

    const other = { ...row, settings: { ...row.settings, user: 'other@contoso.example' } }
    await tryAtOnce(floor.context, other, true)
    expect(await floor.mailbox()).toMatchObject({ retryAt, sendRetryAt: retryAt })
    expect(await floor.takeJobs('receive')).toEqual([])

    await tryAtOnce(floor.context, row, false)
    expect(await floor.mailbox()).toMatchObject({ retryAt: null, sendRetryAt: retryAt, trouble: row.trouble })
    expect(await floor.takeJobs('receive')).toEqual([floor.mailboxId])

    await tryAtOnce(floor.context, row, true)
    expect(await floor.mailbox()).toMatchObject({ sendRetryAt: null })
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
    expect(await floor.mailbox()).toMatchObject({ state: 'running', trouble: null, failures: 0 })

    // Nothing holds it up: nothing is asked of it.
    await floor.takeJobs('receive')
    await tryAtOnce(floor.context, await floor.mailbox(), true)
    expect(await floor.takeJobs('receive')).toEqual([])
  })

  test('runs again by itself when its reason was mended where we do not see it', async () => {
    await floor.tenant.change({ ewsEnabled: false })
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
    const { state, retryAt } = await floor.mailbox()
    expect(state).toBe('paused')
    await floor.tenant.change({ ewsEnabled: null })
    floor.wait((retryAt?.getTime() ?? 0) - floor.now().getTime())
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
    expect(await floor.mailbox()).toMatchObject({ state: 'running', trouble: null, failures: 0 })
  })

  test('holds up no mail of another one, even when no adapter takes its settings', async () => {
    const broken = await floor.saveMailbox('broken', people.finance)
    const { settings } = await floor.mailbox(broken)
    await floor.context.db
      .updateTable('mailbox')
      .set({ settings: JSON.stringify({ ...settings, host: 'mail contoso example' }) })
      .where('id', '=', broken)
      .execute()
    const [theirs, ours] = [await floor.write(), await floor.write()]
    await floor.context.db
      .updateTable('outboundMessage')
      .set({ mailboxId: broken })
      .where('id', '=', theirs.mailId)
      .execute()
    await send([theirs.mailId, ours.mailId])
    expect(await floor.mail(ours.mailId)).toMatchObject({ state: 'sent' })
    expect(await floor.mail(theirs.mailId)).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(await floor.mailbox()).toMatchObject({ state: 'running', trouble: null })
    expect(await floor.mailbox(broken)).toMatchObject({
      state: 'paused',
      failures: 1,
      trouble: { kind: 'invalid', messageKey: 'mailbox.wrong-host' },
    })

    await floor.saveMailbox('broken', people.finance)
    await send([theirs.mailId])
    expect(await floor.mail(theirs.mailId)).toMatchObject({ state: 'sent' })
  })
})
