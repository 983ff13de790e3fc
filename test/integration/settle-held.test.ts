/** Promise 5 beside a release: whom a held reply decides for, on whose word, and what may never be released. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importPeople } from '../../src/approvals/commands/import-people.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, type SampleApi } from '../support/sample-api.ts'
import { type StoredReplies, storedReplies } from '../support/stored-replies.ts'

describeOnBothDatabases('a held reply', (open) => {
  let api: SampleApi
  let administrator: string
  let replies: StoredReplies
  beforeAll(async () => {
    api = await openSampleApi(await open())
    administrator = await api.tokenFor(people.administrator)
    replies = storedReplies(api.context)
  })
  afterAll(() => api.close())

  /** A reply with the manager's token that nothing proves to be theirs. */
  async function held(text: string, from = people.manager) {
    const { requestId, reference } = await replies.ask()
    const lines = [
      `From: ${from}`,
      'To: approvals@contoso.example',
      `Message-ID: <${requestId}.x@elsewhere.example>`,
      `In-Reply-To: ${reference}`,
      'Subject: RE: Purchase',
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
    ]
    const [id = ''] = await replies.store([Buffer.from(lines.join('\r\n'))])
    expect((await message(id)).outcome).toBe('held')
    return { id, requestId }
  }
  const message = async (id: string) => (await api.call(administrator, 'GET', `/api/messages/${id}`)).body
  const request = async (id: number) => (await api.call(administrator, 'GET', `/api/requests/${id}`)).body
  const settle = (id: string, as: string, { reason = 'I called her', token = administrator } = {}) =>
    api.call(token, 'POST', `/api/messages/${id}/settle-held`, { as, reason })

  test('released, it decides for the person asked on the word of the administrator, who is named everywhere', async () => {
    const { id, requestId } = await held('Oui\r\n\r\nAvant le 15.')
    expect((await settle(id, 'released')).status).toBe(204)
    const { actions, timeline } = await request(requestId)
    expect(actions[0].decision).toMatchObject({
      result: 'YES',
      comment: 'Avant le 15.',
      door: 'mail',
      inboundMessageId: id,
      by: { address: people.manager },
      releasedBy: { address: people.administrator },
    })
    const decided = timeline.find(({ kind }: { kind: string }) => kind === 'action-decided')
    expect(decided).toMatchObject({
      by: { address: people.administrator },
      facts: {
        released: { assignee: people.manager, reason: 'I called her' },
        evidence: { verdict: { verdict: 'held' } },
      },
    })
    const entries = await api.call(
      administrator,
      'GET',
      `/api/audit/entries?request=${requestId}&kind=action-decided`,
    )
    expect(entries.body.items[0].said).toBe(
      'Contoso Administrator released the held reply of Élodie Gagnon to Approval by the manager, which decided: Approve',
    )
    expect(await message(id)).toMatchObject({ outcome: 'decided', verdict: { verdict: 'held' } })
    const told = await api.call(administrator, 'GET', `/api/messages/outbound?request=${requestId}`)
    expect(told.body.items).toContainEqual(
      expect.objectContaining({ kind: 'confirmation', to: people.manager }),
    )
    expect((await settle(id, 'released')).body).toMatchObject({ status: 409, code: 'message-not-held' })
  })

  test('rejected, it is put aside with the reason; the action goes on waiting', async () => {
    const { id, requestId } = await held('Oui')
    expect((await settle(id, 'rejected', { reason: 'It was not her' })).status).toBe(204)
    const { actions, timeline } = await request(requestId)
    expect(actions[0]).toMatchObject({ status: 'open', decision: null })
    expect(timeline.at(-1)).toMatchObject({ kind: 'reply-rejected', facts: { comment: 'It was not her' } })
    expect(await message(id)).toMatchObject({ outcome: 'rejected' })
    expect((await settle(id, 'released')).body.code).toBe('message-not-held')
  })

  test('what is unclear, what comes from somebody else, and what is over is not released', async () => {
    const unclear = await held('Oui, si le prix baisse')
    expect((await settle(unclear.id, 'released')).body.code).toBe('reply-decides-nothing')
    const others = await held('Oui', people.finance)
    expect((await settle(others.id, 'released')).body).toMatchObject({
      code: 'sender-not-theirs',
      values: { sender: people.finance, person: 'Élodie Gagnon' },
    })
    const over = await held('Oui')
    await api.call(administrator, 'POST', `/api/requests/${over.requestId}/cancel`)
    expect((await settle(over.id, 'released')).body.code).toBe('action-closed')
    for (const { id, requestId } of [unclear, others, over]) {
      expect((await message(id)).outcome).toBe('held')
      expect((await request(requestId)).actions[0].decision).toBeNull()
    }
    const accepted = await replies.ask()
    const decided = await replies.reply(accepted.reference, 'Oui')
    expect((await settle(decided, 'released')).body.code).toBe('message-not-held')
    expect((await settle(over.id, 'released', { reason: '  ' })).body.code).toBe('invalid-input')
  })

  test('nobody who made the request or is asked releases it, and members and the operator do not at all', async () => {
    const { id } = await held('Oui')
    const promote = (address: string, name: string, role: string) =>
      importPeople(api.context, JSON.stringify({ people: [{ address, name, role }] }))
    const member = await api.tokenFor(people.requester)
    expect((await settle(id, 'released', { token: member })).body.code).toBe('not-allowed')
    expect((await settle(id, 'released', { token: api.operatorToken })).body.code).toBe('person-required')
    await promote(people.requester, 'Nadia Belkacem', 'administrator')
    await promote(people.manager, 'Élodie Gagnon', 'administrator')
    const manager = await api.tokenFor(people.manager)
    expect((await settle(id, 'released', { token: manager })).body.code).toBe('judge-involved')
    expect((await settle(id, 'released', { token: member })).body.code).toBe('judge-involved')
    expect((await message(id)).outcome).toBe('held')
  })
})
