import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { after } from '../lib/clock.ts'
import { SEND_MS } from '../outbound/budget.ts'
import { resumeDue } from './resume-due.ts'

const MINUTE_MS = 60_000
const eachMinute = { atStart: false, isOnlyProcess: false }

describeOnBothDatabases('what is due', (open) => {
  let floor: JobFloor
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())
  beforeEach(async () => {
    await floor.context.db.deleteFrom('outboundMessage').execute()
    await floor.context.db.updateTable('mailbox').set({ state: 'running', sendRetryAt: null }).execute()
    await floor.takeJobs('send-outbound')
    await floor.takeJobs('process-inbound')
  })

  /** A waiting mail that has lost its job. */
  async function lostMail(): Promise<string> {
    const { mailId } = await floor.write()
    await floor.takeJobs('send-outbound')
    return mailId
  }

  async function sendingSince(mailId: string, sendingSince: Date): Promise<void> {
    await floor.context.db
      .updateTable('outboundMessage')
      .set({ state: 'sending', sendingSince })
      .where('id', '=', mailId)
      .execute()
  }

  const resume = (options = eachMinute) => resumeDue(floor.context, options)

  test('gets its job again after a minute, within which it has one of its own', async () => {
    const mailId = await lostMail()
    const inboundId = await floor.store({ raw: 'Subject: nothing\r\n\r\n', providerId: 'lost' })
    await floor.takeJobs('process-inbound')
    floor.wait(MINUTE_MS - 1)
    await resume()
    expect(await floor.takeJobs('send-outbound')).toEqual([])
    expect(await floor.takeJobs('process-inbound')).toEqual([])
    floor.wait(1)
    await resume()
    expect(await floor.takeJobs('send-outbound')).toEqual([mailId])
    expect(await floor.takeJobs('process-inbound')).toEqual([inboundId])
  })

  test('gets it at once at start', async () => {
    const mailId = await lostMail()
    await resume({ atStart: true, isOnlyProcess: false })
    expect(await floor.takeJobs('send-outbound')).toEqual([mailId])
  })

  test('gets no second job beside one that waits', async () => {
    const mailIds = [(await floor.write()).mailId, (await floor.write()).mailId]
    floor.wait(MINUTE_MS)
    await resume()
    await resume()
    expect((await floor.takeJobs('send-outbound')).sort()).toEqual(mailIds.sort())
  })

  test.each(['paused', 'disabled'] as const)('waits while its mailbox is %s', async (state) => {
    const mailId = await lostMail()
    await floor.context.db.updateTable('mailbox').set({ state }).execute()
    floor.wait(MINUTE_MS)
    await resume()
    expect(await floor.takeJobs('send-outbound')).toEqual([])
    await floor.context.db.updateTable('mailbox').set({ state: 'running' }).execute()
    await resume()
    expect(await floor.takeJobs('send-outbound')).toEqual([mailId])
  })

  test('waits until its mailbox may be called again', async () => {
    const mailId = await lostMail()
    const sendRetryAt = after(floor.now(), MINUTE_MS + 1)
    await floor.context.db.updateTable('mailbox').set({ sendRetryAt }).execute()
    floor.wait(MINUTE_MS)
    await resume()
    expect(await floor.takeJobs('send-outbound')).toEqual([])
    floor.wait(1)
    await resume()
    expect(await floor.takeJobs('send-outbound')).toEqual([mailId])
  })

  test.each([
    ['at start, beside other processes', { atStart: true, isOnlyProcess: false }],
    ['each minute', eachMinute],
    ['each minute, alone', { atStart: false, isOnlyProcess: true }],
  ])('is a mail whose sender is lost: longer on its way than sending may take (%s)', async (_, options) => {
    const mailId = await lostMail()
    await sendingSince(mailId, floor.now())
    floor.wait(SEND_MS + MINUTE_MS - 1)
    await resume(options)
    expect(await floor.mail(mailId)).toMatchObject({ state: 'sending' })
    floor.wait(1)
    await resume(options)
    expect(await floor.mail(mailId)).toMatchObject({ state: 'unknown', nextAttemptAt: floor.now() })
    floor.wait(MINUTE_MS)
    await resume(options)
    expect(await floor.takeJobs('send-outbound')).toEqual([mailId])
  })

  test('is every mail on its way when the only process starts', async () => {
    const mailId = await lostMail()
    await sendingSince(mailId, floor.now())
    await resume({ atStart: true, isOnlyProcess: true })
    expect(await floor.mail(mailId)).toMatchObject({ state: 'unknown' })
    expect(await floor.takeJobs('send-outbound')).toEqual([mailId])
  })
})
