/** What a reply says that the reader did not understand, read by a person: whose word it is, and what it may never do. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importPeople } from '../../src/approvals/commands/import-people.ts'
import { importProcess } from '../../src/approvals/commands/import-process.ts'
import { buildMessageId } from '../../src/lib/reply-token.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { examples, openSampleApi, people, type SampleApi } from '../support/sample-api.ts'
import { type StoredReplies, storedReplies } from '../support/stored-replies.ts'

const dialect = 'Jo, des passt scho so.'
const reason = 'She is from Tyrol: that is a yes'

describeOnBothDatabases('a reply that a person reads', (open) => {
  let api: SampleApi
  let administrator: string
  let replies: StoredReplies
  beforeAll(async () => {
    api = await openSampleApi(await open())
    administrator = await api.tokenFor(people.administrator)
    replies = storedReplies(api.context)
  })
  afterAll(() => api.close())

  const message = async (id: string) => (await api.call(administrator, 'GET', `/api/messages/${id}`)).body
  const request = async (id: number) => (await api.call(administrator, 'GET', `/api/requests/${id}`)).body
  const enter = (id: string, body: object = {}, token = administrator) =>
    api.call(token, 'POST', `/api/messages/${id}/answer`, { answers: { Q1: 'YES' }, reason, ...body })

  async function askedBack(text = dialect) {
    const { requestId, reference } = await replies.ask()
    const id = await replies.reply(reference, text)
    const { outcome, verdict } = await message(id)
    expect(verdict.verdict).toBe('accepted')
    // Beyond a number a day nobody is asked back any more, and somebody has to look.
    expect(['asked-back', 'held']).toContain(outcome)
    return { id, requestId, reference }
  }

  test('it decides as the answer of the person asked, and says everywhere who has entered it, and why', async () => {
    const { id, requestId } = await askedBack()
    expect((await message(id)).byHand).toEqual({ answers: {}, comment: '' })
    expect((await enter(id, { comment: 'Bis zum 15.' })).status).toBe(204)
    const { actions, timeline } = await request(requestId)
    expect(actions[0].decision).toMatchObject({
      result: 'YES',
      comment: 'Bis zum 15.',
      door: 'mail',
      inboundMessageId: id,
      by: { address: people.manager },
      enteredBy: { address: people.administrator },
      releasedBy: null,
    })
    const decided = timeline.find(({ kind }: { kind: string }) => kind === 'action-decided')
    expect(decided).toMatchObject({
      by: { address: people.administrator },
      facts: {
        entered: { assignee: people.manager, reason },
        inboundMessageId: id,
        evidence: { reading: { kind: 'unclear' }, verdict: { verdict: 'accepted' } },
      },
    })
    const entries = `/api/audit/entries?request=${requestId}&kind=action-decided`
    expect((await api.call(administrator, 'GET', entries)).body.items[0].said).toBe(
      'Contoso Administrator read the reply of Élodie Gagnon to Approval by the manager and entered what it says, which decided: Approve',
    )
    expect(await message(id)).toMatchObject({
      outcome: 'decided',
      byHand: null,
      decision: { enteredBy: { address: people.administrator } },
    })
    expect((await enter(id)).body).toMatchObject({ status: 409, code: 'message-not-answerable' })
  })

  test('the person and the requester are told, and mails that still ask are taken back', async () => {
    const { id, requestId } = await askedBack()
    await enter(id)
    const mails = await api.context.db
      .selectFrom('outboundMessage')
      .select(['toAddress', 'inReplyTo', 'payload'])
      .where('requestId', '=', requestId)
      .where('kind', '=', 'confirmation')
      .orderBy('toAddress')
      .execute()
    const entered = { by: expect.any(String), reason }
    expect(mails).toEqual([
      { toAddress: people.manager, inReplyTo: id, payload: { result: 'YES', entered } },
      { toAddress: people.requester, inReplyTo: null, payload: { result: 'YES', entered } },
    ])
    const asking = await api.call(
      administrator,
      'GET',
      `/api/messages/outbound?request=${requestId}&state=cancelled`,
    )
    expect(asking.body.items.map(({ kind }: { kind: string }) => kind)).toContain('asked-back')
  })

  test('of two presses at once one decides, and an answer in the portal is not overwritten', async () => {
    const { id, requestId } = await askedBack()
    const pressed = await Promise.all([enter(id), enter(id, { answers: { Q1: 'NO' }, comment: 'Too dear' })])
    expect(pressed.map(({ status }) => status).sort()).toEqual([204, 409])
    const one = await askedBack()
    const [action] = (await request(one.requestId)).actions
    const manager = await api.tokenFor(people.manager)
    const [byHand, inPortal] = await Promise.all([
      enter(one.id, { answers: { Q1: 'NO' }, comment: 'Too dear' }),
      api.call(manager, 'POST', `/api/actions/${action.id}/decide`, { result: 'YES' }),
    ])
    expect([byHand.status === 204, inPortal.status === 200].filter(Boolean)).toHaveLength(1)
    for (const each of [requestId, one.requestId]) {
      const { timeline } = await request(each)
      const decisions = timeline.filter(({ kind }: { kind: string }) => kind === 'action-decided')
      expect(decisions).toHaveLength(1)
    }
  })

  test('what the process asks for holds: an answer, one that it knows, a comment; and the reason has to be there', async () => {
    const { id, requestId } = await askedBack()
    expect((await enter(id, { answers: {} })).body).toMatchObject({
      code: 'invalid-answers',
      problems: [{ path: 'Q1' }],
    })
    expect((await enter(id, { answers: { Q1: 'PERHAPS' } })).body.code).toBe('result-unknown')
    expect((await enter(id, { answers: { Q1: 'YES', Q7: '12' } })).body.code).toBe('invalid-answers')
    expect((await enter(id, { answers: { Q1: 'NO' } })).body.code).toBe('comment-required')
    expect((await enter(id, { reason: '  ' })).body.code).toBe('invalid-input')
    expect((await message(id)).byHand).not.toBeNull()
    expect((await request(requestId)).actions[0]).toMatchObject({ status: 'open', decision: null })
  })

  test('nothing is entered for somebody who is not proven, nor from a message that says nothing, nor for one who has written since', async () => {
    const { requestId, reference } = await replies.ask()
    const forged = [
      `From: ${people.manager}`,
      'To: approvals@contoso.example',
      `In-Reply-To: ${reference}`,
      'Subject: RE: Purchase',
      'Content-Type: text/plain; charset=utf-8',
      '',
      dialect,
    ]
    const [held = ''] = await replies.store([Buffer.from(forged.join('\r\n'))])
    expect(await message(held)).toMatchObject({ outcome: 'held', byHand: null })
    expect((await enter(held)).body).toMatchObject({
      code: 'reply-not-trusted',
      values: { person: 'Élodie Gagnon' },
    })
    const automatic = await replies.reply(reference, 'I am away.', ['Auto-Submitted: auto-replied'])
    expect((await enter(automatic)).body.code).toBe('message-not-answerable')

    const first = await replies.reply(reference, dialect)
    const later = await replies.reply(reference, 'Na, doch net, waasch.')
    expect((await message(first)).byHand).toBeNull()
    expect((await enter(first)).body).toMatchObject({ code: 'reply-overtaken', values: { message: later } })
    expect((await request(requestId)).actions[0].decision).toBeNull()
    expect((await enter(later, { answers: { Q1: 'NO' }, comment: 'Doch net' })).status).toBe(204)
  })

  test('a request that is over is left alone', async () => {
    const { id, requestId } = await askedBack()
    await api.call(administrator, 'POST', `/api/requests/${requestId}/cancel`)
    expect((await message(id)).byHand).toBeNull()
    expect((await enter(id)).body.code).toBe('action-closed')
  })

  test('answers to several questions are checked as in the portal; what was understood is filled in', async () => {
    const definition = await readFile(join(examples, 'processes', 'investment.yaml'), 'utf8')
    await importProcess(api.context, { definition, mailbox: null })
    const data = { object: 'Presse plieuse', amount: '48000.00' }
    const requester = await api.tokenFor(people.requester)
    const filed = await api.call(requester, 'POST', '/api/requests', { process: 'investment', data })
    const { nonce, instance } = await api.context.db
      .selectFrom('replyToken')
      .innerJoin('action', 'action.id', 'replyToken.actionId')
      .select(['nonce', 'instance'])
      .where('requestId', '=', filed.body.id)
      .executeTakeFirstOrThrow()
    const token = api.context.keys.replyToken(nonce)
    const reference = buildMessageId({ token, instance, unique: 'u1', domain: 'contoso.example' })
    const id = await replies.reply(reference, 'Q1: [oui]\r\nQ2: [une quarantaine de mille]')
    expect(await message(id)).toMatchObject({
      outcome: 'kept-partly',
      byHand: { answers: { Q1: 'YES' }, comment: '' },
    })
    const refused = await enter(id, { answers: { Q1: 'YES', Q2: 'forty' } })
    expect(refused.body).toMatchObject({
      code: 'invalid-answers',
      problems: [{ path: 'Q2' }, { path: 'Q3' }],
    })
    const answers = { Q1: 'YES', Q2: '40000.00', Q3: 'PRODUCTION' }
    expect((await enter(id, { answers })).status).toBe(204)
    expect((await request(filed.body.id)).actions[0].decision).toMatchObject({ answers })
  })

  test('nobody who made the request or is asked enters anything, and members and the operator do not at all', async () => {
    const { id, requestId } = await askedBack()
    const member = await api.tokenFor(people.requester)
    expect((await enter(id, {}, member)).body.code).toBe('not-allowed')
    expect((await enter(id, {}, api.operatorToken)).body.code).toBe('person-required')
    const reader = await api.tokenFor(people.administrator, ['messages:read'])
    expect((await enter(id, {}, reader)).body.code).toBe('scope-missing')
    const promote = (address: string, name: string) =>
      importPeople(api.context, JSON.stringify({ people: [{ address, name, role: 'administrator' }] }))
    await promote(people.requester, 'Nadia Belkacem')
    await promote(people.manager, 'Élodie Gagnon')
    const manager = await api.tokenFor(people.manager)
    expect((await enter(id, {}, manager)).body.code).toBe('judge-involved')
    expect((await enter(id, {}, member)).body.code).toBe('judge-involved')

    // Nor who has made it for somebody else.
    const made = await api.context.db
      .selectFrom('person')
      .select('id')
      .where('address', '=', people.administrator)
      .executeTakeFirstOrThrow()
    await api.context.db
      .updateTable('auditEntry')
      .set({ actorId: made.id })
      .where('requestId', '=', requestId)
      .where('kind', '=', 'request-created')
      .execute()
    expect((await enter(id)).body.code).toBe('judge-involved')
    expect((await message(id)).byHand).not.toBeNull()
  })
})
