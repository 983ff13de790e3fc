import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/lib/new-id.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { purchasesOn } from '../support/purchases.ts'
import { mailboxSettings, openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

const HOUR_MS = 3_600_000
/** A Thursday. */
const now = new Date('2026-11-26T09:00:00Z')
const before = (days: number) => new Date(now.getTime() - days * 24 * HOUR_MS)

describeOnBothDatabases('the dashboard', (open) => {
  let api: SampleApi
  let administrator: string
  let clock = now
  beforeAll(async () => {
    api = await openSampleApi(await open(), { clock: () => clock })
    administrator = await api.tokenFor(people.administrator)
  })
  afterAll(() => api.close())

  const get = (query = '') => api.call(administrator, 'GET', `/api/dashboard?${query}`)

  /** A purchase that was asked about so long ago; `hours` later it was decided by this door. */
  async function purchase(days: number, decided?: { hours: number; door: 'mail' | 'portal' | 'api' }) {
    clock = before(days)
    const requestId = await purchasesOn(api.context).file()
    clock = now
    if (!decided) return requestId
    const { db } = api.context
    const action = await db
      .selectFrom('action')
      .selectAll()
      .where('requestId', '=', requestId)
      .executeTakeFirstOrThrow()
    const decidedAt = new Date(before(days).getTime() + decided.hours * HOUR_MS)
    await db
      .updateTable('action')
      .set({ status: 'decided', closedAt: decidedAt })
      .where('id', '=', action.id)
      .execute()
    const { personId } = await db
      .selectFrom('actionAssignee')
      .select('personId')
      .where('actionId', '=', action.id)
      .executeTakeFirstOrThrow()
    const message = decided.door === 'mail' ? await reply(decidedAt, 'decided') : null
    await db
      .insertInto('decision')
      .values({
        ...{ actionId: action.id, personId, result: 'YES', answers: '{}', comment: '', decidedAt },
        ...{ door: decided.door, inboundMessageId: message, rawSha256: message && 'digest' },
      })
      .execute()
    return requestId
  }

  async function reply(receivedAt: Date, outcome: 'decided' | 'asked-back' | 'automatic'): Promise<string> {
    const id = newId()
    const { id: mailboxId } = await api.context.db
      .selectFrom('mailbox')
      .select('id')
      .executeTakeFirstOrThrow()
    await api.context.db
      .insertInto('inboundMessage')
      .values({
        ...{ id, mailboxId, providerId: id, fingerprint: id, folder: 'processed', receivedAt, outcome },
        ...{ storedAt: receivedAt, rawSha256: id, rawSize: 1, originalOctets: false, state: 'processed' },
        ...{ fromAddress: people.manager, subject: 'RE: Purchase', settleState: 'done' },
      })
      .execute()
    return id
  }

  test('of an empty installation says that nothing waits, and no time to decide', async () => {
    const { status, body } = await get('weeks=2')
    expect(status).toBe(200)
    const nothing = {
      ...{ decisions: { mail: 0, portal: 0, api: 0 }, secondsToDecide: null },
      ...{ replies: 0, askedBack: 0 },
    }
    expect(body.waiting).toMatchObject({ count: 0, overdue: 0, oldest: null, before: 0 })
    expect(body).toMatchObject({ at: now.toISOString(), lately: nothing, before: nothing })
    expect(body.weeks).toEqual([
      { startsOn: '2026-11-16', ...nothing },
      { startsOn: '2026-11-23', ...nothing },
    ])
  })

  test('counts what waits by age, what was decided by week and door, and who was asked back', async () => {
    // Waiting now: one of today, two of last week, one that waited four weeks ago already.
    await purchase(0.5)
    await purchase(7)
    await purchase(10)
    const oldest = await purchase(30)
    // Decided: this week, last week (one of them asked on the week before), and in the four weeks before the last four.
    await purchase(3, { hours: 2, door: 'mail' })
    await purchase(2, { hours: 4, door: 'portal' })
    await purchase(12, { hours: 90, door: 'mail' })
    await purchase(40, { hours: 10, door: 'api' })
    // Waited four weeks ago, though it does not any more.
    await purchase(29, { hours: 300, door: 'portal' })
    await reply(before(1), 'asked-back')
    await reply(before(1), 'automatic')
    await reply(before(6), 'asked-back')
    await reply(before(35), 'asked-back')

    const { body } = await get('weeks=3&timeZone=Europe/Paris')
    expect(body.waiting).toMatchObject({ count: 4, before: 2 })
    expect(body.waiting.oldest).toEqual({ requestId: oldest, openedAt: before(30).toISOString() })
    expect(body.waiting.byAge).toEqual([
      { fromDays: 0, toDays: 1, count: 1 },
      { fromDays: 1, toDays: 3, count: 0 },
      { fromDays: 3, toDays: 7, count: 0 },
      { fromDays: 7, toDays: 14, count: 2 },
      { fromDays: 14, toDays: null, count: 1 },
    ])
    const hours = (...[median = 0, p90 = 0]: number[]) => ({
      median: expect.closeTo(median * 3_600, 3),
      p90: expect.closeTo(p90 * 3_600, 3),
    })
    expect(body.weeks).toEqual([
      {
        ...{ startsOn: '2026-11-09', decisions: { mail: 0, portal: 1, api: 0 } },
        ...{ secondsToDecide: hours(300, 300), replies: 0, askedBack: 0 },
      },
      {
        ...{ startsOn: '2026-11-16', decisions: { mail: 1, portal: 0, api: 0 } },
        ...{ secondsToDecide: hours(90, 90), replies: 2, askedBack: 1 },
      },
      {
        ...{ startsOn: '2026-11-23', decisions: { mail: 1, portal: 1, api: 0 } },
        ...{ secondsToDecide: hours(3, 3.8), replies: 2, askedBack: 1 },
      },
    ])
    expect(body.lately).toEqual({
      ...{ decisions: { mail: 2, portal: 2, api: 0 }, secondsToDecide: hours(47, 237) },
      ...{ replies: 4, askedBack: 2 },
    })
    expect(body.before).toEqual({
      ...{ decisions: { mail: 0, portal: 0, api: 1 }, secondsToDecide: hours(10, 10) },
      ...{ replies: 1, askedBack: 1 },
    })
  })

  test('counts as overdue what is past its deadline', async () => {
    const { db } = api.context
    const [first] = await db.selectFrom('action').select('id').where('status', '=', 'open').execute()
    await db.updateTable('action').set({ dueAt: null }).where('status', '=', 'open').execute()
    const late = { dueAt: before(1) }
    await db
      .updateTable('action')
      .set(late)
      .where('id', '=', first?.id ?? '')
      .execute()
    expect((await get()).body.waiting).toMatchObject({ count: 4, overdue: 1 })
  })

  test('shows how mailboxes do, in words and without their settings', async () => {
    const trouble = {
      ...{ kind: 'auth', providerCode: 'AADSTS7000215', messageKey: null, messageValues: {} },
      ...{ since: before(1).toISOString(), work: 'receive' },
    }
    await api.context.db
      .updateTable('mailbox')
      .set({ trouble: JSON.stringify(trouble), state: 'paused' })
      .execute()
    const { body, text } = await api.call(administrator, 'GET', '/api/dashboard', undefined, {
      'accept-language': 'fr',
    })
    expect(body.mailboxes).toMatchObject([
      { name: 'main', user: mailboxSettings.mailbox.user, state: 'paused', sending: { waiting: 9 } },
    ])
    expect(body.mailboxes[0].trouble.message).toMatch(/ /)
    expect(text).not.toContain(mailboxSettings.oauth.clientId)
    expect(text).not.toContain(mailboxSettings.oauth.tokenEndpoint)
  })

  test('is for auditors, and refuses weeks without end and zones that there are none of', async () => {
    const { db } = api.context
    const auditor = await api.tokenFor(people.stranger)
    const look = () => api.call(auditor, 'GET', '/api/dashboard')
    expect(await look()).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    await db.updateTable('person').set({ role: 'auditor' }).where('address', '=', people.stranger).execute()
    expect((await look()).status).toBe(200)
    expect((await get('weeks=53')).body).toMatchObject({ status: 400, problems: [{ path: 'weeks' }] })
    expect((await get('timeZone=Europe/Nowhere')).body).toMatchObject({
      status: 400,
      problems: [{ path: 'timeZone' }],
    })
  })
})
