import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import type { changeView, replayCounts, replayLine } from '../../src/api/routes/messages/replay-view.ts'
import { newId } from '../../src/lib/new-id.ts'
import { readOnly } from '../../src/store/read-only.ts'
import type { Store } from '../../src/store/store.ts'
import { describeOnBothDatabases, openTestPglite } from '../support/databases.ts'
import { rawOf, replyFixtures } from '../support/reply-fixtures.ts'
import { examples, openSampleApi, people, type SampleApi } from '../support/sample-api.ts'
import { type StoredReplies, storedReplies } from '../support/stored-replies.ts'

type Change = z.output<typeof changeView>
type Counts = z.output<typeof replayCounts>

const purchase = readFileSync(join(examples, 'processes', 'purchase.yaml'), 'utf8')
/** *D’accord* is no keyword any more, *Go ahead please* is one, and the manager’s *MODIFY* is *Revise*. */
const changed = purchase
  .replace('fr: [Oui, J’approuve, Approuvé, D’accord]', 'fr: [Oui, J’approuve, Approuvé, Volontiers]')
  .replace('en: [Modify, Modify the request]', 'en: [Revise, Revise it]')

describeOnBothDatabases('replay', (open) => {
  let store: Store
  let api: SampleApi
  let replies: StoredReplies
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    store = await open()
    api = await openSampleApi(store)
    replies = storedReplies(api.context)
    for (const text of texts) {
      const { reference, requestId } = await replies.ask()
      ids[text] = await replies.reply(reference, text)
      if (text === 'Yes') lastRequest = requestId
    }
  })
  afterAll(() => api?.close())

  const texts = [
    'Yes',
    'Oui, merci',
    'D’accord',
    'D’accord\n\nPour les douze.',
    'Modify\n\nTen are enough.',
    'Volontiers',
    'Revise it\n\nTen are enough.',
    'Yes, if it is under 500',
    'Who is it for?',
    'HELP',
    'No\n\nToo dear.',
    'Non',
  ]
  let lastRequest = 0

  const replayed = (body?: object) => replayOn(api, body)

  /** Every row of every table of ours, with the transaction that wrote it last. */
  async function everything(): Promise<unknown> {
    // Of the queue's own tables only the jobs: the others are its housekeeping, which it does by itself.
    const { rows: tables } = await store.pool.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname = 'public' or (schemaname = 'pgboss' and tablename = 'job')`,
    )
    const contents: Record<string, unknown> = {}
    for (const { name } of tables) {
      const { rows } = await store.pool.query(
        `select count(*)::int as count, md5(coalesce(string_agg(xmin::text || t::text, '' order by t::text), '')) as digest from ${name} t`,
      )
      contents[name] = rows[0]
    }
    return contents
  }

  test('nothing would change with the same reader and definition, and nothing is written', async () => {
    const before = await everything()
    const { changes, counts } = await replayed()
    expect(changes).toEqual([])
    expect(counts).toEqual({
      same: texts.length,
      changed: 0,
      erased: 0,
      lost: 0,
      stepGone: 0,
      groups: [],
      ungrouped: 0,
    })
    expect((await replayed({ definition: purchase })).counts.changed).toBe(0)
    expect(await everything()).toEqual(before)
  })

  test('changed keywords show what each message would say, newest first, and change nothing', async () => {
    const before = await everything()
    const { changes, counts } = await replayed({ definition: changed })
    const told = changes.map(({ message, was, now }) => [
      Object.keys(ids).find((text) => ids[text] === message.id),
      was?.answers.Q1 ?? was?.reason,
      now?.answers.Q1 ?? now?.reason,
    ])
    expect(told).toEqual([
      ['Revise it\n\nTen are enough.', 'not-an-answer', 'MODIFY'],
      ['Volontiers', 'not-an-answer', 'YES'],
      ['Modify\n\nTen are enough.', 'MODIFY', 'not-an-answer'],
    ])
    expect(changes.at(-1)).toMatchObject({
      message: {
        mailbox: 'main',
        from: people.manager,
        outcome: 'decided',
        action: { number: 1, status: 'decided' },
      },
      differs: ['kind', 'answers', 'reason', 'invalid', 'comment'],
      knowsSentText: false,
    })
    expect(counts).toMatchObject({ same: texts.length - 3, changed: 3, ungrouped: 0 })
    expect(counts.groups.map(({ count }) => count)).toEqual([1, 1, 1])
    expect(await everything()).toEqual(before)
    // It is only shown: who is asked in the first of them has still to answer.
    expect(changes[0]?.message.action?.status).toBe('open')
  })

  test('what was asked for then is asked for again, whatever has been answered since', async () => {
    const { requestId, reference } = await replies.ask()
    await replies.reply(reference, 'No')
    const second = await replies.reply(reference, 'Too dear.')
    await replies.reply(reference, 'COMMENT: Too dear.')
    expect(await replayed({ request: requestId })).toMatchObject({ changes: [], counts: { same: 3 } })
    const { readAs } = await api.context.db
      .selectFrom('inboundMessage')
      .select('readAs')
      .where('id', '=', second)
      .executeTakeFirstOrThrow()
    expect(readAs).toMatchObject({ locale: 'fr', awaitsComment: true })
  })

  test('the selection narrows it, and what is not there is said', async () => {
    const counted = async (body: object) => (await replayed(body)).counts.same
    expect(await counted({ request: lastRequest })).toBe(1)
    const all = await counted({})
    expect(await counted({ mailbox: 'main', process: 'purchase' })).toBe(all)
    expect(await counted({ since: '2026-01-01' })).toBe(all)
    expect(await counted({ since: new Date(Date.now() + 60_000).toISOString() })).toBe(0)
    const refused = async (body: object) =>
      (await api.call(api.operatorToken, 'POST', '/api/messages/replay', body)).body.code
    expect(await refused({ mailbox: 'other' })).toBe('mailbox-not-found')
    expect(await refused({ process: 'other' })).toBe('process-not-found')
    expect(await refused({ request: 2_000_000 })).toBe('request-not-found')
    expect(await refused({ definition: purchase.replace('name: purchase', 'name: other') })).toBe(
      'process-not-found',
    )
    expect(await refused({ definition: 'name: [' })).toBe('invalid-definition')
    expect(await refused({ since: 'yesterday' })).toBe('invalid-input')
  })

  test('a step that the new definition lacks, and what cannot be read again, are counted aloud', async () => {
    const other = purchase.replaceAll('manager-approval', 'first-approval')
    expect((await replayed({ definition: other })).counts).toMatchObject({
      same: 0,
      changed: 0,
      stepGone: (await replayed()).counts.same,
    })
    const { reference, requestId } = await replies.ask()
    const erased = await replies.reply(reference, 'Yes')
    const altered = await replies.reply(reference, 'Yes')
    const unreadable = await replies.reply(reference, 'Yes')
    const set = (id: string, values: object) =>
      api.context.db.updateTable('inboundMessage').set(values).where('id', '=', id).execute()
    await set(erased, { erasedAt: new Date(), raw: null, reading: null })
    await set(altered, { rawSha256: 'other' })
    // As a message is stored that could not be read, and can be now.
    await set(unreadable, { state: 'dead', outcome: null, reading: null })
    const { changes, counts } = await replayed({ request: requestId })
    expect(counts).toMatchObject({ same: 0, changed: 1, erased: 1, lost: 1 })
    expect(changes).toMatchObject([{ was: null, now: { answers: { Q1: 'YES' } } }])
  })

  test('reply tokens are masked, and no copies are read', async () => {
    const { reference } = await replies.ask()
    const token = reference.split('.')[1] ?? ''
    const id = await replies.reply(reference, `Volontiers\n\nsee ${reference}`)
    await api.context.db
      .updateTable('inboundMessage')
      .set({ duplicateOf: ids.Yes ?? '' })
      .where('id', '=', ids.Volontiers ?? '')
      .execute()
    const { changes } = await replayed({ definition: changed })
    expect(changes.map(({ message }) => message.id)).toContain(id)
    expect(changes.map(({ message }) => message.id)).not.toContain(ids.Volontiers)
    expect(JSON.stringify(changes)).not.toContain(token)
  })

  test('whoever looks through it cannot write', async () => {
    const looking = readOnly(api.context.db)
    await expect(
      looking((tx) => tx.insertInto('peopleGroup').values({ id: newId(), name: 'written' }).execute()),
    ).rejects.toThrow(/read-only transaction/)
    expect(
      await looking((tx) => tx.selectFrom('peopleGroup').selectAll().where('name', '=', 'written').execute()),
    ).toEqual([])
  })
})

/** One of each few: they are all read by `read-reply.fixtures.test.ts`, here it is what is kept of the reading that counts. */
const someFixtures = replyFixtures.filter((_, index) => index % 7 === 0)

test('replies of all kinds read the same again', async () => {
  const store = await openTestPglite()
  const api = await openSampleApi(store)
  const replies = storedReplies(api.context)
  const { requestId, reference } = await replies.ask()
  await api.context.db
    .updateTable('outboundMessage')
    .set({
      sentText: readFileSync(join(import.meta.dirname, '../fixtures/replies/sent/approval-en.txt'), 'utf8'),
    })
    .where('requestId', '=', requestId)
    .execute()
  const stored: string[] = []
  for (let at = 0; at < someFixtures.length; at += 25) {
    const raws = someFixtures.slice(at, at + 25).map((fixture) => answering(rawOf(fixture), reference))
    stored.push(...(await replies.store(raws)))
  }
  const { changes, counts } = await replayOn(api, { request: requestId })
  expect(changes).toEqual([])
  const read = await api.context.db
    .selectFrom('inboundMessage')
    .select('id')
    .where('id', 'in', stored)
    .where('requestId', '=', requestId)
    .where('duplicateOf', 'is', null)
    .execute()
  expect(read.length).toBeGreaterThan(0.9 * someFixtures.length)
  expect(counts.same).toBe(read.length)
  await api.close()
  await store.close()
})

/** All lines of a replay, as the operator. */
async function replayOn(api: SampleApi, body: object = {}): Promise<{ changes: Change[]; counts: Counts }> {
  const answer = await api.call(api.operatorToken, 'POST', '/api/messages/replay', body)
  expect(answer.status, answer.text).toBe(200)
  const lines: z.output<typeof replayLine>[] = answer.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const last = lines.at(-1)
  if (!last || !('counts' in last)) throw new Error('no counts at the end')
  return { changes: lines.filter((line) => 'message' in line), counts: last.counts }
}

/** The same message as a reply to a mail of ours. */
function answering(raw: Buffer, reference: string): Buffer {
  const text = raw.toString('latin1')
  const has = /^references:/im.exec(text.split(/\r?\n\r?\n/, 1)[0] ?? '')
  if (has === null) return Buffer.from(`References: ${reference}\r\n${text}`, 'latin1')
  const at = has.index + has[0].length
  return Buffer.from(`${text.slice(0, at)} ${reference}${text.slice(at)}`, 'latin1')
}
