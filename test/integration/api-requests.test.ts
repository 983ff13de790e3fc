import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'

describeOnBothDatabases('API: requests and actions', (open) => {
  let api: SampleApi
  let requester: string
  let manager: string
  let finance: string
  let stranger: string
  let administrator: string

  beforeAll(async () => {
    api = await openSampleApi(await open())
    requester = await api.tokenFor(people.requester)
    manager = await api.tokenFor(people.manager)
    finance = await api.tokenFor(people.finance)
    stranger = await api.tokenFor(people.stranger)
    administrator = await api.tokenFor(people.administrator)
  })
  afterAll(() => api.close())

  async function makeRequest(data: object = purchase) {
    const made = await api.call(requester, 'POST', '/api/requests', { process: 'purchase', data })
    expect(made.status, made.text).toBe(201)
    return made.body
  }

  test('a purchase goes from the form to its end', async () => {
    const made = await api.call(requester, 'POST', '/api/requests', { process: 'purchase', data: purchase })
    expect(made.status).toBe(201)
    expect(made.headers.location).toBe(`/api/requests/${made.body.id}`)
    expect(made.body).toMatchObject({
      process: { name: 'purchase', version: 1 },
      status: 'open',
      requester: { address: people.requester },
      data: purchase,
      actions: [{ number: 1, status: 'open', assignees: [{ address: people.manager }], decision: null }],
    })

    const [first] = made.body.actions
    const decided = await api.call(manager, 'POST', `/api/actions/${first.id}/decide`, {
      result: 'YES',
      comment: 'Before the 15th, please.\nThank you.',
    })
    expect(decided.status, decided.text).toBe(200)
    expect(decided.body).toMatchObject({
      status: 'decided',
      decision: {
        result: 'YES',
        comment: 'Before the 15th, please.\nThank you.',
        door: 'api',
        by: { address: people.manager },
      },
    })

    const todo = await api.call(finance, 'GET', '/api/actions')
    const second = todo.body.items.find(
      (action: { request: { id: number } }) => action.request.id === made.body.id,
    )
    expect(second.number).toBe(2)
    await api.call(finance, 'POST', `/api/actions/${second.id}/decide`, { result: 'YES' })

    const ended = await api.call(requester, 'GET', `/api/requests/${made.body.id}`)
    expect(ended.body).toMatchObject({
      status: 'completed',
      ending: 'approved',
      data: { ...purchase, managerDecision: 'YES', financeDecision: 'YES' },
    })
    expect(ended.body.timeline.map((entry: { kind: string }) => entry.kind)).toEqual([
      'request-created',
      'action-opened',
      'action-decided',
      'action-opened',
      'action-decided',
      'request-completed',
    ])
    expect(ended.body.timeline[0].by).toMatchObject({ address: people.requester })
  })

  test('evidence is in the timeline for administrators only', async () => {
    const made = await makeRequest()
    await api.call(manager, 'POST', `/api/actions/${made.actions[0].id}/decide`, { result: 'YES' })
    const url = `/api/requests/${made.id}`
    const factsFor = async (token: string) =>
      (await api.call(token, 'GET', url)).body.timeline.find(
        (entry: { kind: string }) => entry.kind === 'action-decided',
      ).facts
    expect(await factsFor(administrator)).toHaveProperty('evidence.apiTokenId')
    expect(await factsFor(requester)).not.toHaveProperty('evidence')
  })

  test('the same Idempotency-Key finds the same request, another content is refused', async () => {
    const post = (data: object) =>
      api.call(
        requester,
        'POST',
        '/api/requests',
        { process: 'purchase', data },
        { 'idempotency-key': 'k-1' },
      )
    const first = await post(purchase)
    const second = await post(purchase)
    expect([first.status, second.status]).toEqual([201, 200])
    expect(second.body.id).toBe(first.body.id)
    const other = await post({ ...purchase, amount: '1.00' })
    expect(other.status).toBe(409)
    expect(other.body).toMatchObject({
      code: 'idempotency-conflict',
      values: { request: String(first.body.id) },
    })
  })

  test('the same Idempotency-Key finds the same request also after somebody has decided', async () => {
    const post = (data: object) =>
      api.call(
        requester,
        'POST',
        '/api/requests',
        { process: 'purchase', data },
        { 'idempotency-key': 'k-decided' },
      )
    const first = await post(purchase)
    await api.call(manager, 'POST', `/api/actions/${first.body.actions[0].id}/decide`, { result: 'YES' })
    const { supplier, ...rest } = purchase
    const second = await post({ supplier, ...rest })
    expect([second.status, second.body.id]).toEqual([200, first.body.id])
    expect((await post({ ...purchase, amount: '1.00' })).body.code).toBe('idempotency-conflict')
  })

  test('ten calls at once with one Idempotency-Key make one request', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        api.call(
          requester,
          'POST',
          '/api/requests',
          { process: 'purchase', data: purchase },
          { 'idempotency-key': 'k-many' },
        ),
      ),
    )
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  test('of twenty answers at once one decides, and each other is told who decided what and when', async () => {
    const { actions } = await makeRequest()
    const url = `/api/actions/${actions[0].id}/decide`
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        api.call(manager, 'POST', url, { result: index % 2 ? 'YES' : 'NO', comment: `answer ${index}` }),
      ),
    )
    const [decided, ...more] = answers.filter(({ status }) => status === 200)
    expect(more).toEqual([])
    for (const { body, status } of answers.filter((answer) => answer.status !== 200)) {
      expect(status).toBe(409)
      expect(body).toMatchObject({
        code: 'already-decided',
        values: {
          by: 'Élodie Gagnon',
          address: people.manager,
          result: decided?.body.decision.result,
          at: decided?.body.decision.at,
        },
      })
    }
  })

  describe('what an answer is refused for', () => {
    test.each([
      ['a result that is no choice', 'manager', { result: 'PERHAPS' }, 422, 'result-unknown'],
      ['a missing comment', 'manager', { result: 'NO', comment: '  ' }, 422, 'comment-required'],
      ['an administrator who was not asked', 'administrator', { result: 'YES' }, 403, 'not-assignee'],
      ['the requester', 'requester', { result: 'YES' }, 403, 'not-assignee'],
      ['somebody with nothing to do with it', 'stranger', { result: 'YES' }, 404, 'action-not-found'],
      ['the operator, who is nobody', 'operator', { result: 'YES' }, 403, 'person-required'],
    ])('%s', async (_, who, body, status, code) => {
      const { actions } = await makeRequest()
      const tokens = { requester, manager, stranger, administrator, operator: api.operatorToken }
      const token = tokens[who as keyof typeof tokens]
      const answer = await api.call(token, 'POST', `/api/actions/${actions[0].id}/decide`, body)
      expect(answer.body).toMatchObject({ status, code })
      const after = await api.call(manager, 'GET', `/api/actions/${actions[0].id}`)
      expect(after.body.status).toBe('open')
    })
  })

  test('an action given to somebody else is theirs, and no longer that of the one before', async () => {
    const { actions } = await makeRequest()
    const url = `/api/actions/${actions[0].id}`
    expect((await api.call(manager, 'POST', `${url}/reassign`, { to: people.stranger })).status).toBe(204)
    expect((await api.call(manager, 'POST', `${url}/decide`, { result: 'YES' })).body.code).toBe(
      'action-not-found',
    )
    expect((await api.call(stranger, 'POST', `${url}/decide`, { result: 'YES' })).status).toBe(200)
  })

  test('an action tells what is asked for, in both notations, and what the caller may do about it', async () => {
    const { actions } = await makeRequest()
    const url = `/api/actions/${actions[0].id}`
    const seen = async (token: string) => (await api.call(token, 'GET', url)).body
    expect(await seen(manager)).toMatchObject({
      request: {
        titles: { en: 'Purchase: 12 laptops', fr: 'Achat\u00a0: 12 laptops' },
        amount: { en: '€18,460.00' },
      },
      form: [
        { name: 'item', label: { en: 'Item', fr: 'Article' }, text: { en: '12 laptops', fr: '12 laptops' } },
        { name: 'amount', type: 'money', text: { en: '€18,460.00', fr: '18\u202f460,00\u00a0€' } },
        { name: 'supplier', text: { en: 'Litware Computing' } },
      ],
      delegation: { kind: 'people' },
      you: { mayDecide: 'yes', mayHandOn: true, kept: null },
    })
    expect((await seen(requester)).you).toEqual({ mayDecide: 'not-assignee', mayHandOn: false, kept: null })
    expect((await seen(administrator)).you).toMatchObject({ mayDecide: 'not-assignee', mayHandOn: true })
    expect((await seen(api.operatorToken)).you).toMatchObject({ mayDecide: 'not-assignee', mayHandOn: false })

    const decided = await api.call(manager, 'POST', `${url}/decide`, { result: 'MODIFY', comment: 'Eleven.' })
    expect(decided.body).toMatchObject({
      decision: {
        said: [
          {
            id: 'Q1',
            label: { en: 'Decision of the manager' },
            text: { en: 'Ask for changes', fr: 'Demander une modification' },
          },
        ],
      },
      you: { mayDecide: 'action-closed', mayHandOn: false },
    })
    const { endingTitle } = (await api.call(requester, 'GET', `/api/requests/${actions[0].request.id}`)).body
    expect(endingTitle).toEqual({ en: 'Returned for changes', fr: 'Retourné pour modification' })
  })

  test('what was handed on is told from the rest, and so is what is closed', async () => {
    const mine = async (token: string, query: string) =>
      (await api.call(token, 'GET', `/api/actions?limit=200&${query}`)).body.items.map(
        (item: { id: string }) => item.id,
      )
    const [given, kept] = [await makeRequest(), await makeRequest()].map(({ actions }) => actions[0].id)
    const handed = await api.call(manager, 'POST', `/api/actions/${given}/reassign`, { to: people.stranger })
    expect(handed.status).toBe(204)
    expect(await mine(stranger, 'handedOn=true')).toContain(given)
    expect(await mine(manager, 'handedOn=true')).not.toContain(kept)
    const theirs = await api.call(stranger, 'GET', `/api/actions/${given}`)
    expect(theirs.body.assignees).toMatchObject([
      { address: people.stranger, handedOnBy: { address: people.manager } },
    ])

    for (const [token, id] of [[stranger, given] as const, [manager, kept] as const]) {
      await api.call(token, 'POST', `/api/actions/${id}/decide`, { result: 'YES' })
      expect(await mine(token, 'state=open')).not.toContain(id)
      expect((await mine(token, 'state=closed'))[0]).toBe(id)
    }
    expect(await mine(manager, 'state=closed')).not.toContain(given)
    const another = await api.call(manager, 'GET', `/api/actions?state=closed&assignee=${people.finance}`)
    expect(another.body.code).toBe('not-allowed')
  })

  test('the requester cancels; those who were asked may not, and a second time says so', async () => {
    const { id, actions } = await makeRequest()
    const url = `/api/requests/${id}/cancel`
    expect((await api.call(manager, 'POST', url)).body.code).toBe('not-allowed')
    expect((await api.call(stranger, 'POST', url)).body.code).toBe('request-not-found')
    expect((await api.call(api.operatorToken, 'POST', url)).body.code).toBe('person-required')
    const mayCancel = async (token: string) =>
      (await api.call(token, 'GET', `/api/requests/${id}`)).body.you.mayCancel
    expect(await mayCancel(requester)).toBe(true)
    expect(await mayCancel(manager)).toBe(false)
    const cancelled = await api.call(requester, 'POST', url, { comment: 'Ordered twice.' })
    expect(cancelled.body).toMatchObject({ status: 'cancelled', you: { mayCancel: false } })
    expect(cancelled.body.timeline.at(-1)).toMatchObject({
      kind: 'request-cancelled',
      facts: { comment: 'Ordered twice.' },
    })
    // Nobody is asked any more, but whoever was is still known by name.
    expect(cancelled.body.actions[0].assignees).toEqual([])
    const opened = cancelled.body.timeline.find(({ kind }: { kind: string }) => kind === 'action-opened')
    expect(opened.named).toEqual([expect.objectContaining({ address: people.manager })])
    expect(opened.named[0].name).not.toBe('')
    expect((await api.call(requester, 'POST', url)).body.code).toBe('request-closed')
    const late = await api.call(administrator, 'POST', `/api/actions/${actions[0].id}/reassign`, {
      to: people.finance,
    })
    expect(late.body.code).toBe('action-closed')
  })

  test('administrators file for others; members and the operator without a name do not', async () => {
    const body = { process: 'purchase', data: purchase, requester: people.requester }
    expect((await api.call(stranger, 'POST', '/api/requests', body)).body.code).toBe('not-allowed')
    const { requester: named, ...unnamed } = body
    expect((await api.call(api.operatorToken, 'POST', '/api/requests', unnamed)).body.code).toBe(
      'requester-required',
    )
    for (const token of [administrator, api.operatorToken]) {
      const made = await api.call(token, 'POST', '/api/requests', body)
      expect(made.body.requester.address).toBe(named)
    }
  })

  test('members see what they made or are asked about; administrators everything', async () => {
    const { id } = await makeRequest()
    const idsFor = async (token: string) => {
      const { body } = await api.call(token, 'GET', '/api/requests?limit=200')
      return body.items.map((item: { id: number }) => item.id)
    }
    expect(await idsFor(requester)).toContain(id)
    expect(await idsFor(manager)).toContain(id)
    expect(await idsFor(administrator)).toContain(id)
    expect(await idsFor(finance)).not.toContain(id)
    expect((await api.call(finance, 'GET', `/api/requests/${id}`)).body.code).toBe('request-not-found')
  })

  test('pages follow one another without gap or repetition', async () => {
    const made: number[] = []
    for (let index = 0; index < 5; index++) made.push((await makeRequest()).id)
    const seen: number[] = []
    let after = ''
    for (let page = 0; page < 100; page++) {
      const { body } = await api.call(requester, 'GET', `/api/requests?limit=2${after}`)
      seen.push(...body.items.map((item: { id: number }) => item.id))
      if (body.next === null) break
      after = `&after=${body.next}`
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual([...seen].sort((one, other) => other - one))
    expect(seen.slice(0, 5)).toEqual(made.reverse())
  })

  test('lists are filtered by status, process and requester', async () => {
    const { id } = await makeRequest()
    await api.call(requester, 'POST', `/api/requests/${id}/cancel`)
    const list = async (query: string) =>
      (await api.call(administrator, 'GET', `/api/requests?limit=200&${query}`)).body.items
    const cancelled = await list('status=cancelled')
    expect(cancelled.map((item: { id: number }) => item.id)).toContain(id)
    expect(cancelled.every((item: { status: string }) => item.status === 'cancelled')).toBe(true)
    expect(await list('process=hire')).toEqual([])
    expect(await list(`requester=${people.stranger}`)).toEqual([])
    expect((await list(`requester=${people.requester}`)).length).toBeGreaterThan(0)
    expect(await list('requester=me')).toEqual([])
    const mine = await api.call(requester, 'GET', '/api/requests?requester=me')
    expect(mine.body.items.map((item: { id: number }) => item.id)).toContain(id)
    expect((await api.call(api.operatorToken, 'GET', '/api/requests?requester=me')).body.code).toBe(
      'person-required',
    )
  })

  test('somebody else’s to-do list is for administrators', async () => {
    await makeRequest()
    const url = `/api/actions?assignee=${people.manager}`
    expect((await api.call(stranger, 'GET', url)).body.code).toBe('not-allowed')
    expect((await api.call(manager, 'GET', url)).body.items.length).toBeGreaterThan(0)
    const seen = await api.call(administrator, 'GET', url)
    expect(seen.body.items.length).toBeGreaterThan(0)
    expect((await api.call(api.operatorToken, 'GET', '/api/actions')).body.items.length).toBeGreaterThan(0)
  })

  test('open actions that nobody can decide are found by administrators', async () => {
    const boss = await api.call(api.operatorToken, 'POST', '/api/requests', {
      process: 'purchase',
      data: purchase,
      // She has no manager.
      requester: people.manager,
    })
    const { id } = boss.body.actions[0]
    const ids = async (token: string) =>
      (await api.call(token, 'GET', '/api/actions?assignee=none')).body.items.map(
        (item: { id: string }) => item.id,
      )
    expect(await ids(administrator)).toEqual([id])
    expect(await ids(api.operatorToken)).toEqual([id])
    expect((await api.call(manager, 'GET', '/api/actions?assignee=none')).body.code).toBe('not-allowed')

    const given = await api.call(administrator, 'POST', `/api/actions/${id}/reassign`, { to: people.finance })
    expect(given.status).toBe(204)
    expect(await ids(administrator)).toEqual([])
  })

  test('no reply token is in any answer', async () => {
    const { id, actions } = await makeRequest()
    const rows = await api.context.db
      .selectFrom('replyToken')
      .select(['nonce', 'hash'])
      .where('actionId', '=', actions[0].id)
      .execute()
    const secrets = rows.flatMap(({ nonce, hash }) => [api.context.keys.replyToken(nonce), hash])
    expect(secrets.length).toBeGreaterThan(0)
    for (const url of [
      `/api/requests/${id}`,
      `/api/actions/${actions[0].id}`,
      '/api/actions',
      '/api/requests',
    ]) {
      const { text } = await api.call(administrator, 'GET', url)
      for (const secret of secrets) expect(text).not.toContain(secret)
    }
  })
})
