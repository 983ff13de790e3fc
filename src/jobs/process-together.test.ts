import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { people } from '../../test/support/sample-api.ts'
import { sendOutbound } from '../../test/support/send-outbound.ts'
import { processInbound } from '../inbound/process.ts'
import type { Store } from '../store/store.ts'

const { signal } = new AbortController()

describeOnBothDatabases('replies that are worked together', (open) => {
  let store: Store
  let floor: JobFloor
  let messages = 0

  beforeAll(async () => {
    store = await open()
    floor = await openJobFloor(store)
  })
  afterAll(() => floor?.close())
  beforeEach(async () => {
    await floor.context.db
      .updateTable('inboundMessage')
      .set({ state: 'dead' })
      .where('state', '=', 'received')
      .execute()
  })

  /** Sends the approval e-mails of new purchases; returns the token in each. */
  async function ask(count: number): Promise<string[]> {
    const mails = await Promise.all(Array.from({ length: count }, () => floor.write()))
    const ids = mails.map(({ mailId }) => mailId)
    await sendOutbound(floor.context, floor.mailboxes, ids, signal)
    const sent = await Promise.all(ids.map((id) => floor.mail(id)))
    return sent.map(({ messageId }) => /countersign\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1] ?? '')
  }

  /** Stores an answer of the manager; returns its id. */
  async function answer(token: string | undefined, words: string): Promise<string> {
    messages += 1
    floor.wait(1)
    return floor.store({
      raw: [
        `Received: from mailbox.contoso.example by hub.contoso.example id ${messages}`,
        'X-MS-Exchange-Organization-AuthAs: Internal',
        `From: ${people.manager}`,
        'To: approvals@contoso.example',
        `Message-ID: <answer-${messages}@contoso.example>`,
        `Subject: RE: Purchase [#1-1-${token}]`,
        '',
        words,
      ].join('\r\n'),
      providerId: `answer ${messages}`,
      receivedAt: floor.now(),
    })
  }

  async function outcomes(ids: string[]) {
    const rows = await floor.context.db
      .selectFrom('inboundMessage')
      .select(['id', 'state', 'outcome', 'attempts'])
      .where('id', 'in', ids)
      .execute()
    return ids.map((id) => rows.find((row) => row.id === id)?.outcome ?? 'not yet')
  }

  /** How many transactions wrote the decisions of these messages. */
  async function transactionsOf(ids: string[]): Promise<number> {
    const { rows } = await store.pool.query(
      'select count(distinct xmin::text)::int as count from decision where inbound_message_id = any($1)',
      [ids],
    )
    return rows[0].count
  }

  test('decide in one transaction, each by itself: its own next action, mail and audit entries', async () => {
    const tokens = await ask(5)
    const ids: string[] = []
    for (const token of tokens) ids.push(await answer(token, 'Yes'))
    await processInbound(floor.context, ids)

    expect(await outcomes(ids)).toEqual(ids.map(() => 'decided'))
    expect(await transactionsOf(ids)).toBe(1)
    const requests = await floor.context.db
      .selectFrom('decision')
      .innerJoin('action', 'action.id', 'decision.actionId')
      .select('action.requestId')
      .where('decision.inboundMessageId', 'in', ids)
      .execute()
    for (const { requestId } of requests) {
      const actions = await floor.context.db
        .selectFrom('action')
        .select(['number', 'status'])
        .where('requestId', '=', requestId)
        .orderBy('number')
        .execute()
      expect(actions).toEqual([
        { number: 1, status: 'decided' },
        { number: 2, status: 'open' },
      ])
      const entries = await floor.context.db
        .selectFrom('auditEntry')
        .select(['sequence', 'kind'])
        .where('requestId', '=', requestId)
        .orderBy('sequence')
        .execute()
      expect(entries.map(({ kind }) => kind)).toEqual([
        'request-created',
        'action-opened',
        'action-decided',
        'action-opened',
      ])
      const mails = await floor.context.db
        .selectFrom('outboundMessage')
        .select('kind')
        .where('requestId', '=', requestId)
        .where('state', '=', 'waiting')
        .execute()
      expect(new Set(mails.map(({ kind }) => kind))).toEqual(new Set(['approval']))
    }
  })

  test('go one by one when one of them fails: the others decide all the same', async () => {
    await store.pool.query(`
      create function refuse_poison() returns trigger language plpgsql as
        $$ begin if new.comment = 'poison' then raise 'refused'; end if; return new; end $$;
      create trigger refuse_poison before insert on decision for each row execute function refuse_poison()`)
    const [first, second, third] = await ask(3)
    const ids = [
      await answer(first, 'Yes'),
      await answer(second, 'Yes\n\npoison'),
      await answer(third, 'Yes'),
    ]
    await processInbound(floor.context, ids)
    await store.pool.query('drop trigger refuse_poison on decision; drop function refuse_poison')

    expect(await outcomes(ids)).toEqual(['decided', 'not yet', 'decided'])
    const poisoned = await floor.context.db
      .selectFrom('inboundMessage')
      .select(['state', 'attempts'])
      .where('id', '=', ids[1] ?? '')
      .executeTakeFirstOrThrow()
    expect(poisoned).toEqual({ state: 'received', attempts: 1 })
  })

  test('to one action keep their order: a question is answered, then the answer counts', async () => {
    const [token, other] = await ask(2)
    const ids = [
      await answer(token, 'How much is it?'),
      await answer(token, 'Yes'),
      await answer(other, 'Yes'),
    ]
    await processInbound(floor.context, ids.toReversed())
    expect(await outcomes(ids)).toEqual(['asked-back', 'decided', 'decided'])
    expect(await transactionsOf(ids)).toBe(2)
  })

  test('to one action are not decided together: the second is late', async () => {
    const [token, other] = await ask(2)
    const ids = [await answer(token, 'Yes'), await answer(token, 'No'), await answer(other, 'Yes')]
    await processInbound(floor.context, ids)
    expect(await outcomes(ids)).toEqual(['decided', 'late', 'decided'])
    expect(await transactionsOf(ids)).toBe(1)
  })

  test('leave what does not decide to its own road', async () => {
    const [first, second, third] = await ask(3)
    const ids = [await answer(first, 'Yes'), await answer(second, 'No'), await answer(third, 'Yes')]
    await processInbound(floor.context, ids)
    expect(await outcomes(ids)).toEqual(['decided', 'kept-partly', 'decided'])
    expect(await transactionsOf(ids)).toBe(1)
  })
})
