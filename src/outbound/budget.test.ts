import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { sendOutbound } from '../../test/support/send-outbound.ts'
import { resumeDue } from '../jobs/resume-due.ts'
import { newId } from '../lib/new-id.ts'
import { pauseMailbox, resumeMailbox } from '../mailboxes/pause-mailbox.ts'
import { type Budget, expectedAt } from './budget.ts'
import { deliver } from './deliver.ts'

const { signal } = new AbortController()
const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const DAY_MS = 24 * 60 * MINUTE_MS
const eachMinute = { atStart: false, isOnlyProcess: false }
const user = 'approvals@contoso.example'

describe('the expected time of a mail', () => {
  const now = new Date('2026-11-25T09:00:00Z')
  const at = (milliseconds: number) => new Date(now.getTime() + milliseconds)
  const budget: Budget = {
    perMinute: 25,
    perDay: 10_000,
    minuteLeft: 2,
    dayLeft: 100,
    minuteFreesAt: at(20 * SECOND_MS),
    dayFreesAt: at(DAY_MS / 2),
    isAwaited: true,
  }

  test.each([
    { ahead: 1, expected: now },
    { ahead: 2, expected: at(20 * SECOND_MS) },
    { ahead: 26, expected: at(20 * SECOND_MS) },
    { ahead: 27, expected: at(80 * SECOND_MS) },
    { ahead: 99, expected: at(20 * SECOND_MS + 3 * MINUTE_MS) },
    { ahead: 100, expected: at(DAY_MS / 2) },
    { ahead: 10_100, expected: at(DAY_MS / 2 + DAY_MS) },
  ])('before which $ahead others go', ({ ahead, expected }) => {
    expect(expectedAt(budget, ahead, now)).toEqual(expected)
  })
})

describeOnBothDatabases('the sending budget', (open) => {
  let floor: JobFloor
  let pattern: Awaited<ReturnType<JobFloor['mail']>>
  beforeAll(async () => {
    floor = await openJobFloor(await open())
    pattern = await floor.mail((await floor.write()).mailId)
  })
  afterAll(() => floor?.close())
  beforeEach(async () => {
    await floor.tenant.reset()
    await floor.tenant.change({ messageRateLimit: null })
    await floor.context.db.deleteFrom('outboundMessage').execute()
    await floor.takeJobs('send-outbound')
    await floor.takeJobs('resume-due')
  })

  const limit = (messagesPerMinute: number, recipientsPerDay = 10_000) =>
    floor.saveMailbox('main', user, undefined, { messagesPerMinute, recipientsPerDay })

  /** So many mails that are due, each a millisecond younger than the one before. */
  async function due(count: number, priority = 10): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId())
    for (const id of ids) {
      floor.wait(1)
      const now = floor.now()
      const payload = JSON.stringify(pattern.payload)
      const values = { ...pattern, id, payload, priority, createdAt: now, nextAttemptAt: now, error: null }
      await floor.context.db.insertInto('outboundMessage').values(values).execute()
    }
    return ids
  }

  const send = (ids: string[]) => sendOutbound(floor.context, floor.mailboxes, ids, signal)

  /** Runs the jobs that are due, as the queue would; returns how many there were. */
  async function runJobs(): Promise<number> {
    const ids = await floor.takeJobs('send-outbound')
    if (ids.length > 0) await send(ids)
    return ids.length
  }

  const rows = () =>
    floor.context.db
      .selectFrom('outboundMessage')
      .select(['id', 'state', 'attempts', 'waitsFor', 'sendingSince'])
      .orderBy('createdAt')
      .execute()
  const sent = async () => (await rows()).filter(({ state }) => state === 'sent').map(({ id }) => id)

  test('is never exceeded in any minute, however many send at once, and one job wakes all that waits', async () => {
    await limit(5)
    const ids = await due(17)
    await Promise.all([send(ids), send(ids), send(ids.slice(3))])
    expect(await sent()).toEqual(ids.slice(0, 5))
    const waiting = (await rows()).filter(({ state }) => state === 'waiting')
    expect(new Set(waiting.map(({ waitsFor }) => waitsFor))).toEqual(new Set(['sending-budget']))
    let jobs = 0
    for (let seconds = 0; seconds < 4 * 60; seconds += 5) {
      floor.wait(5 * SECOND_MS)
      jobs += await runJobs()
    }
    expect(await sent()).toEqual(ids)
    expect(jobs).toBeLessThan(12)
    const times = (await rows()).map(({ sendingSince }) => sendingSince?.getTime() ?? 0).sort()
    for (const [index, time] of times.entries()) {
      const later = times[index + 5]
      if (later !== undefined) expect(later - time).toBeGreaterThanOrEqual(MINUTE_MS)
    }
    expect((await rows()).every(({ attempts, waitsFor }) => attempts === 0 && waitsFor === null)).toBe(true)
  })

  test('counts what was claimed, whether or not it left, until it is known', async () => {
    await limit(3)
    const lost = await due(3)
    await floor.context.db
      .updateTable('outboundMessage')
      .set({ state: 'sending', sendingSince: floor.now() })
      .where('id', 'in', lost)
      .execute()
    const [next] = await due(1)
    floor.wait(2 * MINUTE_MS)
    await send([next ?? ''])
    expect(await sent()).toEqual([])
    floor.wait(MINUTE_MS)
    await send([next ?? ''])
    expect(await sent()).toEqual([next])
  })

  test('lets the urgent overtake five hundred that wait, but none that has waited a day longer', async () => {
    await limit(1)
    const low = await due(500, 50)
    await send(low.slice(0, 50))
    expect(await sent()).toEqual(low.slice(0, 1))
    const [urgent] = await due(1, 10)
    await send([urgent ?? ''])
    floor.wait(MINUTE_MS)
    await runJobs()
    expect(await sent()).toEqual([low[0], urgent])

    floor.wait(DAY_MS)
    const [nextUrgent] = await due(1, 10)
    await send([nextUrgent ?? ''])
    expect(await sent()).toEqual([low[0], low[1], urgent])
  })

  test('of a day is kept, and told', async () => {
    await limit(10, 4)
    const ids = await due(6)
    await send(ids)
    expect(await sent()).toEqual(ids.slice(0, 4))
    const answer = await floor.call(floor.operatorToken, 'GET', '/api/mailboxes/main')
    expect(answer.body.sending).toMatchObject({
      leftInDay: 0,
      waiting: 2,
      waitingForBudget: 2,
      freeAt: expect.any(String),
      lastExpectedAt: answer.body.sending.freeAt,
    })
    floor.wait(DAY_MS - MINUTE_MS)
    await runJobs()
    expect(await sent()).toHaveLength(4)
    floor.wait(2 * MINUTE_MS)
    await runJobs()
    expect(await sent()).toEqual(ids)
  })

  test('of a day that an administrator raises lets out within minutes what waited for the next day', async () => {
    await limit(10, 2)
    const ids = await due(5)
    await send(ids)
    expect(await sent()).toEqual(ids.slice(0, 2))
    await limit(10, 10_000)
    floor.wait(2 * MINUTE_MS)
    await resumeDue(floor.context, eachMinute)
    await runJobs()
    expect(await sent()).toEqual(ids)
  })

  test('goes on when a clock that was an hour fast is put right', async () => {
    await limit(2)
    floor.wait(60 * MINUTE_MS)
    await send(await due(2))
    floor.wait(-60 * MINUTE_MS)
    const [next] = await due(1)
    floor.wait(2 * MINUTE_MS)
    await send([next ?? ''])
    expect(await sent()).toContain(next)
  })

  test('names each waiting mail its time, by rank and rate', async () => {
    await limit(2)
    const ids = await due(7)
    await send(ids)
    const { body } = await floor.call(floor.operatorToken, 'GET', '/api/messages/outbound?state=waiting')
    const first = body.items.at(-1).expectedAt
    const after = (minutes: number) => new Date(Date.parse(first) + minutes * MINUTE_MS).toISOString()
    expect(body.items.toReversed()).toMatchObject(
      [0, 0, 1, 1, 2].map((minutes, index) => ({
        id: ids[index + 2],
        waitsFor: 'sending-budget',
        expectedAt: after(minutes),
      })),
    )
    const { body: mailbox } = await floor.call(floor.operatorToken, 'GET', '/api/mailboxes/main')
    expect(mailbox.sending).toMatchObject({ waitingForBudget: 5, lastExpectedAt: after(2) })
  })

  test('whose job is lost wakes its mailbox by one job a minute, whatever waits', async () => {
    await limit(2)
    await send(await due(60))
    await floor.context.db.updateTable('outboundMessage').set({ waitsFor: 'sending-budget' }).execute()
    floor.wait(MINUTE_MS)
    await floor.takeJobs('send-outbound')
    floor.wait(MINUTE_MS)
    await resumeDue(floor.context, eachMinute)
    expect(await runJobs()).toBe(1)
    expect(await sent()).toHaveLength(4)
  })

  test('is not asked for while an administrator has paused the mailbox, and what waits goes out on resume', async () => {
    await limit(100)
    const [mail] = await due(1)
    await pauseMailbox(floor.context, 'main', null)
    await send([mail ?? ''])
    const { body: waiting } = await floor.call(floor.operatorToken, 'GET', `/api/messages/${mail}`)
    expect(waiting).toMatchObject({ state: 'waiting', waitsFor: 'mailbox-disabled', expectedAt: null })
    floor.wait(2 * MINUTE_MS)
    await resumeDue(floor.context, eachMinute)
    expect(await floor.takeJobs('send-outbound')).not.toContain(mail)

    await resumeMailbox(floor.context, 'main', null)
    await resumeDue(floor.context, eachMinute)
    expect(await runJobs()).toBe(1)
    expect(await sent()).toEqual([mail])
  })

  test('lets nothing out of a mailbox that is paused while its mails are composed', async () => {
    await limit(100)
    const [mail] = await due(1)
    const { id, settings } = await floor.mailbox()
    // As seen before the pause, by a sender that has got as far as composing.
    const seen = { id, open: await floor.mailboxes.open(await floor.mailbox()), limits: settings }
    await pauseMailbox(floor.context, 'main', null)
    expect(await deliver(floor.context, seen, [mail ?? ''], signal)).toBe('nothing')
    expect(await floor.mail(mail ?? '')).toMatchObject({ state: 'waiting', attempts: 0 })
    await resumeMailbox(floor.context, 'main', null)
  })
})
