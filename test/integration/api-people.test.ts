import { beforeEach, expect, test } from 'vitest'
import { signedIn } from '../support/browser-session.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { purchasesOn } from '../support/purchases.ts'
import { openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

describeOnBothDatabases('API: people, groups and their history', (open) => {
  let api: SampleApi
  let administrator: string

  beforeEach(async () => {
    api = await openSampleApi(await open())
    administrator = await api.tokenFor(people.administrator)
    return () => api.close()
  })

  const call = (method: string, path: string, body?: unknown) => api.call(administrator, method, path, body)
  const addresses = async (query: string) =>
    (await call('GET', `/api/people?${query}`)).body.items.map(
      (person: { address: string }) => person.address,
    )
  const idOf = (address: string) => purchasesOn(api.context).idOf(address)
  const history = async (id: string) => (await call('GET', `/api/people/${id}/history`)).body.items

  test('are found by name without accents, by alias, role and whether they are there, page by page in order', async () => {
    expect(await addresses('search=novak')).toEqual([people.stranger])
    expect(await addresses('search=E.Gagnon')).toEqual([people.manager])
    expect(await addresses('search=100%25')).toEqual([])
    expect(await addresses('role=administrator&active=true')).toEqual([people.administrator])
    expect(await addresses('active=false')).toEqual([])
    const all = await addresses('')
    expect(all).toEqual([
      people.stranger,
      people.administrator,
      people.manager,
      people.requester,
      people.finance,
    ])
    const first = (await call('GET', '/api/people?limit=2')).body
    const rest = (await call('GET', `/api/people?after=${encodeURIComponent(first.next)}`)).body
    expect([...first.items, ...rest.items].map(({ address }: { address: string }) => address)).toEqual(all)
    expect(rest.next).toBeNull()
  })

  test('somebody is added and changed; who changed what stays on record', async () => {
    const added = await call('POST', '/api/people', {
      address: 'Zoe.Lin@Contoso.Example',
      name: 'Zoé Lin',
      manager: 'E.Gagnon@contoso.example',
    })
    expect(added.status).toBe(201)
    const { id } = added.body
    expect(added.body).toMatchObject({
      address: 'zoe.lin@contoso.example',
      managedBy: { address: people.manager },
      ...{ locale: 'en', role: 'member', active: true, openActions: 0, sessions: 0, passwordSetAt: null },
    })
    const again = await call('POST', '/api/people', { address: 'zoe.lin@contoso.example', name: 'Other' })
    expect(again.body).toMatchObject({ code: 'person-known', values: { person: 'Zoé Lin' } })

    const changed = await call('PATCH', `/api/people/${id}`, {
      ...{ address: 'zoe.martin@contoso.example', role: 'auditor' },
      aliases: ['zoe.lin@contoso.example', 'ZOE.MARTIN@contoso.example'],
    })
    expect(changed.body).toMatchObject({ role: 'auditor', aliases: ['zoe.lin@contoso.example'] })
    const same = await call('PATCH', `/api/people/${id}`, { role: 'auditor' })
    expect(same.status).toBe(200)
    const events = await history(id)
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({
      kind: 'changed',
      by: { address: people.administrator },
      changes: [
        { field: 'address', from: 'zoe.lin@contoso.example', to: 'zoe.martin@contoso.example' },
        { field: 'role', from: 'member', to: 'auditor' },
        { field: 'aliases', from: null, to: 'zoe.lin@contoso.example' },
      ],
    })
    expect(events[1]).toMatchObject({ kind: 'added', group: null, delegation: null })
    await api.call(api.operatorToken, 'POST', '/api/people/invite', {
      ...{ address: 'zoe.martin@contoso.example', administrator: true },
    })
    expect((await history(id))[0]).toMatchObject({
      ...{ kind: 'changed', by: null },
      changes: [{ field: 'role', from: 'auditor', to: 'administrator' }],
    })
  })

  test('what contradicts is refused at its field, and nothing is changed', async () => {
    const id = await idOf(people.finance)
    const refused = async (body: object) => {
      const answer = await call('PATCH', `/api/people/${id}`, body)
      return [answer.body.code, ...answer.body.problems.map(({ path }: { path: string }) => path)]
    }
    expect(await refused({ address: people.manager })).toEqual(['invalid-people', 'address'])
    expect(await refused({ aliases: ['e.gagnon@contoso.example'] })).toEqual(['invalid-people', 'aliases'])
    expect(await refused({ manager: 'nobody@contoso.example' })).toEqual(['invalid-people', 'manager'])
    expect(await refused({ manager: people.finance })).toEqual(['invalid-people', 'manager'])
    expect(await refused({ address: 'no address' })).toEqual(['invalid-input', 'address'])
    expect(await refused({ name: '' })).toEqual(['invalid-input', 'name'])
    const manager = await idOf(people.manager)
    const circle = await call('PATCH', `/api/people/${manager}`, { manager: people.finance })
    expect(circle.body.problems[0]).toMatchObject({ path: 'manager' })
    expect(await history(id)).toHaveLength(2)
    const nobody = await call('PATCH', '/api/people/01890a5d-ac96-774b-bcce-b302099a8057', { role: 'member' })
    expect(nobody.body.code).toBe('person-not-found')
  })

  test('nobody takes the administration from themselves, by whatever way', async () => {
    const own = await idOf(people.administrator)
    expect((await call('PATCH', `/api/people/${own}`, { role: 'member' })).body.code).toBe('own-access')
    expect((await call('PATCH', `/api/people/${own}`, { active: false })).body.code).toBe('own-access')
    const text = JSON.stringify({ people: [{ address: people.administrator, name: 'A' }] })
    expect((await call('POST', '/api/people/import', { people: text })).body.code).toBe('own-access')
    const others = await api.call(api.operatorToken, 'PATCH', `/api/people/${own}`, { role: 'member' })
    expect(others.status).toBe(200)
  })

  test('who leaves is shown with what waits for them, is signed out, and their actions wait for nobody', async () => {
    await purchasesOn(api.context).file()
    const id = await idOf(people.manager)
    const browser = await signedIn(api, people.manager)
    expect((await call('GET', `/api/people/${id}`)).body).toMatchObject({
      ...{ openActions: 1, manages: 2, sessions: 1, memberOf: [{ name: 'Human Resources' }] },
    })
    expect((await call('PATCH', `/api/people/${id}`, { active: false })).body).toMatchObject({
      ...{ active: false, openActions: 0, sessions: 0 },
    })
    expect((await browser.call('GET', '/api/session')).status).toBe(401)
    expect((await call('GET', '/api/actions?assignee=none')).body.items).toHaveLength(1)
  })

  test('groups are made, filled and emptied; an auditor reads and changes nothing', async () => {
    const made = await call('POST', '/api/groups', { name: 'Legal' })
    expect(made.body).toMatchObject({ name: 'Legal', members: 0, active: 0 })
    expect((await call('POST', '/api/groups', { name: 'Legal' })).body.code).toBe('group-known')
    const members = `/api/groups/${made.body.id}/members`
    for (const address of ['E.Gagnon@contoso.example', people.finance, people.finance]) {
      expect((await call('POST', members, { address })).status).toBe(204)
    }
    expect((await call('POST', members, { address: 'nobody@contoso.example' })).body.code).toBe(
      'person-not-found',
    )
    const page = (await call('GET', `${members}?limit=1`)).body
    expect(page.items).toMatchObject([{ address: people.manager, active: true }])
    const next = (await call('GET', `${members}?after=${encodeURIComponent(page.next)}`)).body
    expect(next.items.map(({ address }: { address: string }) => address)).toEqual([people.finance])
    const finance = await idOf(people.finance)
    for (const _ of ['once', 'twice'])
      expect((await call('DELETE', `${members}/${finance}`)).status).toBe(204)
    const kinds = (await history(finance)).map(
      ({ kind, group }: { kind: string; group: string }) => `${kind} ${group}`,
    )
    expect(kinds.slice(0, 2)).toEqual(['group-left Legal', 'group-joined Legal'])
    const groups = (await call('GET', '/api/groups')).body.items
    expect(
      groups.map(({ name, members }: { name: string; members: number }) => `${name} ${members}`),
    ).toEqual(['Finance 1', 'Human Resources 2', 'Legal 1'])

    await call('PATCH', `/api/people/${await idOf(people.stranger)}`, { role: 'auditor' })
    const auditor = await api.tokenFor(people.stranger)
    expect((await api.call(auditor, 'GET', members)).status).toBe(200)
    expect((await api.call(auditor, 'GET', '/api/people')).status).toBe(200)
    expect((await api.call(auditor, 'DELETE', `${members}/${finance}`)).body.code).toBe('not-allowed')
  })
})
