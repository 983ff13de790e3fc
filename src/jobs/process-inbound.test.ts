import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { describeOnBothDatabases, openTestPostgres } from '../../test/support/databases.ts'
import { eventually } from '../../test/support/eventually.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { people } from '../../test/support/sample-api.ts'
import { sendOutbound } from '../../test/support/send-outbound.ts'
import { processInbound } from '../inbound/process.ts'
import type { Store } from '../store/store.ts'

const { signal } = new AbortController()

/** Sends the approval e-mail of a new purchase; returns it, with the token in it. */
async function ask(floor: JobFloor) {
  const { requestId, mailId } = await floor.write()
  await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
  const { messageId, actionId } = await floor.mail(mailId)
  const token = /countersign\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1] ?? ''
  return { requestId, mailId, actionId: actionId ?? '', messageId: messageId ?? '', token }
}

/** An answer as Exchange marks it when somebody of the organisation has signed in to write it. */
const answer = (token: string, from: string, words: string) =>
  [
    'Received: from mailbox.contoso.example by hub.contoso.example; Tue, 24 Nov 2026 09:00:00 +0000',
    'X-MS-Exchange-Organization-AuthAs: Internal',
    `From: ${from}`,
    'To: approvals@contoso.example',
    'Message-ID: <answer@contoso.example>',
    `Subject: RE: Purchase [#1-1-${token}]`,
    '',
    words,
  ].join('\r\n')

const inbound = (floor: JobFloor, id: string) =>
  floor.context.db.selectFrom('inboundMessage').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** The mails that answer a message about a request. */
const answersAbout = (floor: JobFloor, requestId: number) =>
  floor.context.db
    .selectFrom('outboundMessage')
    .select(['kind', 'toAddress'])
    .where('requestId', '=', requestId)
    .where('inReplyTo', 'is not', null)
    .execute()

describe.skipIf('missing' in inject('databases').postgres)('two copies of one answer', () => {
  let store: Store
  let floor: JobFloor
  beforeAll(async () => {
    store = await openTestPostgres()
    floor = await openJobFloor(store)
  })
  afterAll(async () => {
    await floor?.close()
    await store?.close()
  })

  async function waitingForALock(): Promise<number> {
    const { rows } = await store.pool.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows[0]?.count ?? 0
  }

  test('at the same moment: one decides, the other is its duplicate, and nobody is told that they are late', async () => {
    const { requestId, actionId, token } = await ask(floor)
    const raw = answer(token, people.manager, 'Yes')
    const receivedAt = floor.now()
    const ids = [
      await floor.store({ raw, receivedAt, providerId: 'copy in Inbox' }),
      await floor.store({ raw, receivedAt, providerId: 'copy in Junk' }),
    ]

    // Whoever decides needs this lock: it is given up when both copies are under way.
    const holder = await store.pool.connect()
    await holder.query('begin')
    await holder.query('select 1 from action where id = $1 for update', [actionId])
    await holder.query('select 1 from request where id = $1 for update', [requestId])
    const processed = Promise.all(ids.map((id) => processInbound(floor.context, [id])))
    await eventually(async () => expect(await waitingForALock()).toBe(2))
    await holder.query('rollback')
    holder.release()
    await processed

    const [first, second] = [await inbound(floor, ids[0] ?? ''), await inbound(floor, ids[1] ?? '')]
    const [decided, duplicate] = first.outcome === 'decided' ? [first, second] : [second, first]
    expect(decided).toMatchObject({ state: 'processed', outcome: 'decided', duplicateOf: null })
    expect(duplicate).toMatchObject({ state: 'processed', outcome: 'duplicate', duplicateOf: decided.id })
    const late = await floor.context.db
      .selectFrom('outboundMessage')
      .select('id')
      .where('kind', '=', 'late')
      .execute()
    expect(late).toEqual([])
  })
})

describeOnBothDatabases('an inbound message', (open) => {
  let floor: JobFloor
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())

  test('of three hundred authors is rejected, and lists show the first of them', async () => {
    const { token } = await ask(floor)
    const authors = Array.from({ length: 299 }, (_, index) => `author${index}@contoso.example`)
    const from = [people.manager, ...authors].join(',\r\n ')
    const id = await floor.store({ raw: answer(token, from, 'Yes'), providerId: 'crowd' })
    await processInbound(floor.context, [id])
    expect(await inbound(floor, id)).toMatchObject({
      state: 'processed',
      outcome: 'rejected',
      fromAddress: `${people.manager} (+299)`,
    })
  })

  test('that names somebody with more signs than are shown again keeps the next one from nothing', async () => {
    const { token, requestId } = await ask(floor)
    const name = `a${'𠮷'.repeat(120)}`
    for (const words of [`DELEGATE ${name}`, 'DELEGATE', 'What is it for']) {
      const raw = [...answer(token, people.manager, words).split('\r\n').slice(0, -2)]
      raw[0] = `${raw[0]} (${words.length})`
      raw.push('Content-Type: text/plain; charset=utf-8', '', words)
      const id = await floor.store({ raw: raw.join('\r\n'), providerId: `${requestId} ${words}` })
      await processInbound(floor.context, [id])
      expect(await inbound(floor, id)).toMatchObject({ state: 'processed', error: null })
    }
    expect((await answersAbout(floor, requestId)).map(({ kind }) => kind)).toEqual(
      Array(3).fill('asked-back'),
    )
  })

  test('that is delivered a second time is a duplicate, and nobody is told that they are late', async () => {
    const { token, requestId } = await ask(floor)
    const first = await floor.store({ raw: answer(token, people.manager, 'Yes'), providerId: 'delivered' })
    await processInbound(floor.context, [first])
    floor.wait(60_000)
    const again = answer(token, people.manager, 'Yes').replace('09:00:00', '09:01:00')
    const second = await floor.store({ raw: again, providerId: 'delivered again' })
    await processInbound(floor.context, [second])
    expect(await inbound(floor, first)).toMatchObject({ outcome: 'decided' })
    expect(await inbound(floor, second)).toMatchObject({
      outcome: 'duplicate',
      duplicateOf: first,
      requestId,
    })
    const late = await floor.context.db
      .selectFrom('outboundMessage')
      .select('id')
      .where('requestId', '=', requestId)
      .where('kind', '=', 'late')
      .execute()
    expect(late).toEqual([])
  })

  test.each(['I am not sure yet', 'COMMENT: and mind the budget', 'HELP'])(
    'that is worked beside the answer before it is late: %s',
    async (words) => {
      const { token, requestId } = await ask(floor)
      const ids = [
        await floor.store({ raw: answer(token, people.manager, 'Yes'), providerId: `first, ${words}` }),
        await floor.store({ raw: answer(token, people.manager, words), providerId: `then, ${words}` }),
      ]
      await processInbound(floor.context, ids)
      expect(await inbound(floor, ids[0] ?? '')).toMatchObject({ outcome: 'decided' })
      expect(await inbound(floor, ids[1] ?? '')).toMatchObject({ outcome: 'late' })
      expect(await answersAbout(floor, requestId)).toEqual([{ kind: 'late', toAddress: people.manager }])
    },
  )

  test('that cannot be worked stops none of those beside it', async () => {
    const broken = await ask(floor)
    const sound = await ask(floor)
    const ids = [
      await floor.store({ raw: answer(broken.token, people.manager, 'Yes'), providerId: 'of nobody asked' }),
      await floor.store({ raw: answer(sound.token, people.manager, 'Yes'), providerId: 'of somebody asked' }),
    ]
    await floor.context.db.deleteFrom('actionAssignee').where('actionId', '=', broken.actionId).execute()
    await processInbound(floor.context, ids)
    expect(await inbound(floor, ids[0] ?? '')).toMatchObject({ state: 'received', attempts: 1 })
    expect(await inbound(floor, ids[1] ?? '')).toMatchObject({ outcome: 'decided', attempts: 0 })
  })

  test('in Junk is held, and its copy in Inbox decides', async () => {
    const { token } = await ask(floor)
    const raw = answer(token, people.manager, 'Yes')
    const store = async (folder: 'inbox' | 'junk') => {
      const id = await floor.store({ raw, providerId: `in ${folder}` })
      await floor.context.db.updateTable('inboundMessage').set({ folder }).where('id', '=', id).execute()
      await processInbound(floor.context, [id])
      return inbound(floor, id)
    }
    expect(await store('junk')).toMatchObject({ outcome: 'held', duplicateOf: null })
    expect(await store('inbox')).toMatchObject({ outcome: 'decided', duplicateOf: null })
  })

  test('that returns one of our mails marks that one, whatever else its References name', async () => {
    const returned = await ask(floor)
    const arrived = await ask(floor)
    const id = await floor.store({ raw: bounce(returned.messageId, arrived.messageId), providerId: 'bounce' })
    await processInbound(floor.context, [id])
    expect(await inbound(floor, id)).toMatchObject({ outcome: 'bounce', requestId: returned.requestId })
    expect(await floor.mail(returned.mailId)).toMatchObject({
      state: 'undelivered',
      error: { code: '5.1.1' },
    })
    expect(await floor.mail(arrived.mailId)).toMatchObject({ state: 'sent', error: null })
    const told = await floor.context.db
      .selectFrom('outboundMessage')
      .select(['requestId', 'toAddress'])
      .where('kind', '=', 'undelivered')
      .execute()
    expect(told).toEqual([{ requestId: returned.requestId, toAddress: people.requester }])
  })

  test('that returns a mail about an action that is decided alarms nobody', async () => {
    const { token, messageId, mailId, requestId } = await ask(floor)
    const ids = [
      await floor.store({ raw: answer(token, people.manager, 'Yes'), providerId: 'answer of one address' }),
      await floor.store({ raw: bounce(messageId, messageId), providerId: 'bounce of the other' }),
    ]
    for (const id of ids) await processInbound(floor.context, [id])
    expect((await floor.mail(mailId)).state).toBe('undelivered')
    const told = await floor.context.db
      .selectFrom('outboundMessage')
      .select('id')
      .where('requestId', '=', requestId)
      .where('kind', '=', 'undelivered')
      .execute()
    expect(told).toEqual([])
  })

  test('that returns a mail before we noted that it is sent: what goes out anew has a Message-ID of its own', async () => {
    const { messageId, mailId } = await ask(floor)
    await floor.context.db
      .updateTable('outboundMessage')
      .set({ state: 'unknown', sentAt: null })
      .where('id', '=', mailId)
      .execute()
    const id = await floor.store({ raw: bounce(messageId, messageId), providerId: 'early bounce' })
    await processInbound(floor.context, [id])
    const administrator = await floor.tokenFor(people.administrator)
    await floor.call(administrator, 'POST', `/api/dead-letters/${mailId}/run-again`)
    await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
    const again = await floor.mail(mailId)
    expect(again).toMatchObject({ state: 'sent', messageId: expect.any(String) })
    expect(again.messageId).not.toBe(messageId)
  })
})

/** A report (RFC 3464) about one mail, in a thread that names another one too. */
function bounce(returned: string, other: string): string {
  return [
    'From: postmaster@contoso.example',
    'To: approvals@contoso.example',
    'Message-ID: <report@contoso.example>',
    'Subject: Undeliverable: Purchase',
    `References: ${returned} ${other}`,
    `In-Reply-To: ${other}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=part',
    '',
    '--part',
    'Content-Type: text/plain',
    '',
    'Your message was not delivered.',
    '--part',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns;hub.contoso.example',
    '',
    `Final-Recipient: rfc822;${people.manager}`,
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--part',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${returned}`,
    'Subject: Purchase',
    '',
    '--part--',
  ].join('\r\n')
}
