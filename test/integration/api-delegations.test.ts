import { beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Purchases, purchasesOn } from '../support/purchases.ts'
import { openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

const HOUR_MS = 3_600_000
const at = (hours: number) => new Date(Date.parse('2026-11-24T09:00:00Z') + hours * HOUR_MS).toISOString()

describeOnBothDatabases('API: absences', (open) => {
  let api: SampleApi
  let purchases: Purchases
  let now: Date
  let manager: string
  let administrator: string
  let ids: Record<keyof typeof people, string>

  beforeEach(async () => {
    now = new Date(at(0))
    api = await openSampleApi(await open(), { clock: () => now })
    purchases = purchasesOn(api.context)
    manager = await api.tokenFor(people.manager)
    administrator = await api.tokenFor(people.administrator)
    const named = Object.entries(people).map(async ([who, address]) => [who, await purchases.idOf(address)])
    ids = Object.fromEntries(await Promise.all(named))
    return () => api.close()
  })

  const record = (token: string, id: string, to: string, [start, end]: [number, number], note = '') =>
    api.call(token, 'POST', `/api/people/${id}/delegations`, {
      ...{ to, note },
      startsAt: at(start),
      endsAt: at(end),
    })

  /** Whom the request of a purchase that is made now asks, with who has handed it on to them. */
  async function asked(): Promise<string[]> {
    const request = await purchases.file()
    const { body } = await api.call(api.operatorToken, 'GET', `/api/requests/${request}`)
    return body.actions[0].assignees.map(
      ({ address, handedOnBy }: { address: string; handedOnBy: { address: string } | null }) =>
        handedOnBy ? `${address} for ${handedOnBy.address}` : address,
    )
  }

  /** What the record of people says of absences, the latest first; it tells of the import of these people, too. */
  const delegationEvents = () =>
    api.context.db
      .selectFrom('personEvent')
      .select(['personId', 'kind', 'actorId', 'payload'])
      .where('kind', 'in', ['delegation-recorded', 'delegation-ended'])
      .orderBy('id', 'desc')
      .execute()

  /** The sample's step lets assignees hand on to anybody. */
  async function letNobodyBeAsked(): Promise<void> {
    const { body } = await api.call(administrator, 'GET', '/api/processes/purchase')
    const steps = body.definition.steps.map((step: object) => ({ ...step, delegation: { kind: 'none' } }))
    expect(steps).toHaveLength(2)
    await api.context.db
      .updateTable('process')
      .set({ definition: JSON.stringify({ ...body.definition, steps }) })
      .execute()
  }

  test('what opens in an absence goes to the stand-in; what is open before stays, and after it all is as it was', async () => {
    await purchases.file()
    const recorded = await record(
      manager,
      ids.manager,
      'Thomas.Berger@Contoso.Example',
      [1, 3],
      'Call me if > 50k',
    )
    expect(recorded.status).toBe(201)
    expect(recorded.body).toMatchObject({
      person: { address: people.manager },
      to: { address: people.finance },
      state: 'planned',
      recordedBy: { address: people.manager },
    })
    expect(await asked()).toEqual([people.manager])
    now = new Date(at(1))
    expect(await asked()).toEqual([`${people.finance} for ${people.manager}`])
    const mail = await api.context.db
      .selectFrom('outboundMessage')
      .select(['toAddress', 'payload'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(mail).toEqual({
      toAddress: people.finance,
      payload: { handedOn: { by: ids.manager, comment: 'Call me if > 50k' } },
    })
    const finance = await api.tokenFor(people.finance)
    const [mine] = (await api.call(finance, 'GET', '/api/actions?handedOn=true')).body.items
    expect(mine.request.id).toBe(3)
    expect(
      (await api.call(finance, 'POST', `/api/actions/${mine.id}/decide`, { result: 'YES' })).status,
    ).toBe(200)
    const told = (await api.call(administrator, 'GET', '/api/requests/3')).body.timeline
    expect(told.map(({ kind }: { kind: string }) => kind).slice(0, 4)).toEqual([
      'request-created',
      'action-opened',
      'action-stood-in',
      'action-decided',
    ])
    expect(told[2]).toMatchObject({
      by: { address: people.manager },
      facts: { away: people.manager, to: people.finance, until: at(3) },
    })
    now = new Date(at(3))
    expect(await asked()).toEqual([people.manager])
    const mineNow = await api.call(manager, 'GET', '/api/actions')
    expect(mineNow.body.items.map(({ request }: { request: { id: number } }) => request.id)).toEqual([
      1, 2, 4,
    ])
  })

  test('one’s own is bound by the step, an administrator’s is not', async () => {
    await letNobodyBeAsked()
    const own = await record(manager, ids.manager, people.finance, [0, 10])
    expect(await asked()).toEqual([people.manager])
    const end = `/api/people/${ids.manager}/delegations/${own.body.id}`
    expect((await api.call(manager, 'DELETE', end)).status).toBe(204)
    expect((await api.call(manager, 'DELETE', end)).body.code).toBe('delegation-not-found')
    await record(administrator, ids.manager, people.finance, [0, 10])
    expect(await asked()).toEqual([`${people.finance} for ${people.manager}`])
  })

  test('a stand-in who is away too is followed, round a circle to its end, and never to the requester', async () => {
    await record(manager, ids.manager, people.finance, [0, 10])
    await record(administrator, ids.finance, people.stranger, [0, 10])
    expect(await asked()).toEqual([`${people.stranger} for ${people.finance}`])
    await record(administrator, ids.stranger, people.manager, [0, 10])
    expect(await asked()).toEqual([`${people.stranger} for ${people.finance}`])
    const [circle] = (await api.call(administrator, 'GET', `/api/people/${ids.stranger}/delegations`)).body
      .items
    await api.call(administrator, 'DELETE', `/api/people/${ids.stranger}/delegations/${circle.id}`)
    await record(administrator, ids.stranger, people.requester, [0, 10])
    expect(await asked()).toEqual([`${people.stranger} for ${people.finance}`])
  })

  test('a stand-in who has left is passed over', async () => {
    await record(manager, ids.manager, people.finance, [0, 10])
    await api.context.db.updateTable('person').set({ active: false }).where('id', '=', ids.finance).execute()
    expect(await asked()).toEqual([people.manager])
  })

  test('of a group, who is away is stood in for once, and the others stay asked', async () => {
    await api.context.db
      .insertInto('groupMember')
      .columns(['groupId', 'personId'])
      .expression((from) =>
        from
          .selectFrom('peopleGroup')
          .innerJoin('person', (join) => join.on('person.address', '=', people.manager))
          .select(['peopleGroup.id', 'person.id as personId'])
          .where('peopleGroup.name', '=', 'Finance'),
      )
      .execute()
    await record(administrator, ids.finance, people.manager, [0, 10])
    const action = await purchases.fileForFinance()
    const assignees = await api.context.db
      .selectFrom('actionAssignee')
      .select(['personId', 'handedOnBy'])
      .where('actionId', '=', action)
      .execute()
    expect(assignees).toEqual([{ personId: ids.manager, handedOnBy: null }])
  })

  test('what cannot be is refused, and changes nothing', async () => {
    const refused = async (...[token, id, to, period]: Parameters<typeof record>) =>
      (await record(token, id, to, period)).body.code
    expect(await refused(manager, ids.manager, people.manager, [0, 1])).toBe('delegation-to-oneself')
    expect(await refused(manager, ids.manager, 'nobody@contoso.example', [0, 1])).toBe('person-not-found')
    expect(await refused(manager, ids.manager, people.finance, [-2, 0])).toBe('delegation-period')
    expect(await refused(manager, ids.manager, people.finance, [2, 2])).toBe('delegation-period')
    expect(await refused(manager, ids.manager, people.finance, [0, 24 * 367])).toBe('delegation-period')
    expect(await refused(manager, ids.finance, people.manager, [0, 1])).toBe('not-allowed')
    const others = await api.call(manager, 'GET', `/api/people/${ids.finance}/delegations`)
    expect(others.body.code).toBe('not-allowed')
    const narrow = await api.tokenFor(people.administrator, ['actions:decide'])
    expect(await refused(narrow, ids.finance, people.manager, [0, 1])).toBe('scope-missing')
    expect(await api.context.db.selectFrom('delegation').selectAll().execute()).toEqual([])
    expect(await delegationEvents()).toEqual([])

    expect((await record(manager, ids.manager, people.finance, [0, 2])).status).toBe(201)
    expect((await record(manager, ids.manager, people.finance, [2, 4])).status).toBe(201)
    const overlap = await record(manager, ids.manager, people.stranger, [1, 3])
    expect(overlap.body).toMatchObject({ code: 'delegation-overlaps', values: { from: at(0), to: at(2) } })
  })

  test('two that are recorded at once take their turns', async () => {
    const both = await Promise.all([
      record(manager, ids.manager, people.finance, [0, 2]),
      record(administrator, ids.manager, people.stranger, [1, 3]),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })

  test('both parts read it, page by page, and who recorded and ended it stays on record', async () => {
    for (const day of [0, 1, 2]) await record(administrator, ids.manager, people.finance, [day, day + 1])
    const list = `/api/people/${ids.manager}/delegations`
    const first = (await api.call(manager, 'GET', `${list}?limit=2`)).body
    expect(first.items.map(({ startsAt }: { startsAt: string }) => startsAt)).toEqual([at(2), at(1)])
    const rest = (await api.call(manager, 'GET', `${list}?limit=2&after=${first.next}`)).body
    expect(rest).toMatchObject({ items: [{ startsAt: at(0), state: 'running' }], next: null })
    await api.call(manager, 'DELETE', `${list}/${first.items[0].id}`)
    const finance = await api.tokenFor(people.finance)
    const theirs = await api.call(
      finance,
      'GET',
      `/api/people/${ids.finance}/delegations?as=stand-in&ahead=true`,
    )
    expect(theirs.body.items.map(({ state }: { state: string }) => state)).toEqual(['planned', 'running'])
    const events = await delegationEvents()
    expect(events).toHaveLength(4)
    expect(events[0]).toEqual({
      personId: ids.manager,
      kind: 'delegation-ended',
      actorId: ids.manager,
      payload: {
        delegation: { id: first.items[0].id, to: people.finance, startsAt: at(2), endsAt: at(3) },
      },
    })
    expect(events[1]).toMatchObject({ kind: 'delegation-recorded', actorId: ids.administrator })
  })

  test('somebody finds by name whom they know anyhow, whatever its accents; an auditor finds all', async () => {
    const find = async (token: string, typed: string) => {
      const { body } = await api.call(token, 'GET', `/api/colleagues?search=${encodeURIComponent(typed)}`)
      return body.items.map(({ address }: { address: string }) => address)
    }
    const requester = await api.tokenFor(people.requester)
    expect(await find(requester, 'elodie')).toEqual([people.manager])
    expect(await find(requester, 'GAGNON ÉloDie')).toEqual([people.manager])
    expect(await find(requester, 'e.gagnon@')).toEqual([people.manager])
    expect(await find(requester, 'novak')).toEqual([])
    expect(await find(requester, '%')).toEqual([])
    expect(await find(manager, '')).toEqual([people.stranger, people.requester, people.finance])
    await api.context.db
      .updateTable('person')
      .set({ role: 'auditor' })
      .where('id', '=', ids.requester)
      .execute()
    expect(await find(requester, 'novak')).toEqual([people.stranger])
  })
})
