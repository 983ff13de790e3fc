import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { mailboxSettings, openSampleApi, type SampleApi } from '../../test/support/sample-api.ts'
import { newId } from '../lib/new-id.ts'
import { beginAnew, readAgainFrom } from './begin-anew.ts'
import { saveMailbox } from './save-mailbox.ts'
import { mailboxForm } from './settings.ts'

const day = (number: number) => new Date(Date.UTC(2026, 10, number))

describeOnBothDatabases('a mailbox that is read anew', (open) => {
  let api: SampleApi
  let id: string
  beforeAll(async () => {
    api = await openSampleApi(await open())
  })
  afterAll(() => api?.close())
  beforeEach(async () => {
    await api.context.db.deleteFrom('failedFetch').execute()
    await api.context.db.deleteFrom('inboundMessage').execute()
    id = (await set({ startFrom: day(1), readFrom: null, lastReceivedAt: day(20), cursor: 'of before' })).id
  })

  const set = (values: object) =>
    api.context.db.updateTable('mailbox').set(values).returningAll().executeTakeFirstOrThrow()
  const from = async (values: object = {}) =>
    readAgainFrom(api.context.db, await set({ startFrom: day(1), ...values }))
  const unfetched = (receivedAt: Date | null) =>
    api.context.db
      .insertInto('failedFetch')
      .values({
        id: newId(),
        mailboxId: id,
        providerId: newId(),
        receivedAt,
        attempts: 1,
        nextAttemptAt: null,
        error: JSON.stringify({ code: 'ErrorCorruptData', message: '' }),
        firstFailedAt: day(20),
      })
      .execute()
  const stored = async (settleState: 'due' | 'done', receivedAt: Date) => {
    const octets = { raw: Buffer.from('x'), rawSha256: 'x', rawSize: 1, originalOctets: true }
    const head = { transportHeaders: null, itemClass: null, fromAddress: '', subject: '', messageId: null }
    const rest = { duplicateOf: null, requestId: null, actionId: null, personId: null, reading: null }
    await api.context.db
      .insertInto('inboundMessage')
      .values({
        ...{ ...octets, ...head, ...rest, settleState, receivedAt, mailboxId: id },
        ...{ id: newId(), providerId: newId(), fingerprint: newId(), folder: 'inbox', storedAt: day(20) },
        ...{ state: 'processed', outcome: 'late', nextAttemptAt: null, error: null },
        ...{ verdict: null, processedAt: day(20) },
      })
      .execute()
  }

  test('begins three days before it was last read to its end', async () => {
    await stored('done', day(2))
    expect(await from()).toEqual(day(17))
  })

  test('begins at its start when it was never read to its end, and never before that', async () => {
    expect(await from({ lastReceivedAt: null })).toEqual(day(1))
    expect(await from({ startFrom: day(19) })).toEqual(day(19))
  })

  test('begins before what was not put aside, and before what was not fetched', async () => {
    await stored('due', day(9))
    expect(await from()).toEqual(day(9))
    await unfetched(day(5))
    expect(await from()).toEqual(day(5))
    // Of this one nobody knows when it came.
    await unfetched(null)
    expect(await from()).toEqual(day(1))
  })

  test('begins where an earlier change of type began whose reading did not come to its end', async () => {
    expect(await from({ readFrom: day(4) })).toEqual(day(4))
  })

  test('forgets the ids of another mailbox, which may be those of other people’s mail in its own', async () => {
    await stored('due', day(9))
    await unfetched(day(5))
    const mailbox = { ...mailboxSettings.mailbox, user: 'orders@contoso.example' }
    await saveMailbox(api.context, 'main', mailboxForm.parse({ ...mailboxSettings, mailbox }))
    const { db } = api.context
    expect(await db.selectFrom('failedFetch').select('id').execute()).toEqual([])
    expect(await db.selectFrom('inboundMessage').select('settleState').execute()).toEqual([
      { settleState: 'done' },
    ])
  })

  test('forgets what meant something to its old type', async () => {
    await stored('due', day(9))
    await unfetched(day(5))
    const { db } = api.context
    const row = await set({ state: 'running' })
    expect(await db.transaction().execute((tx) => beginAnew(tx, row))).toEqual({
      cursor: null,
      readFrom: day(5),
    })
    expect(await db.selectFrom('failedFetch').select('id').execute()).toEqual([])
    expect(await db.selectFrom('inboundMessage').select('settleState').execute()).toEqual([
      { settleState: 'done' },
    ])
  })
})
