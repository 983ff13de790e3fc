import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { importPeople } from '../../src/approvals/commands/import-people.ts'
import { checkPeopleCsv, importPeopleCsv } from '../../src/approvals/commands/import-people-csv.ts'
import { importProcess } from '../../src/approvals/commands/import-process.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Purchases, purchasesOn } from '../support/purchases.ts'
import { examples, openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

const purchase = readFileSync(join(examples, 'processes', 'purchase.yaml'), 'utf8')

describeOnBothDatabases('groups that are renamed and deleted', (open) => {
  let api: SampleApi
  let administrator: string
  let purchases: Purchases
  let finance: string

  beforeEach(async () => {
    api = await openSampleApi(await open())
    administrator = await api.tokenFor(people.administrator)
    purchases = purchasesOn(api.context)
    finance = await idOf('Finance')
    return () => api.close()
  })

  const call = (method: string, path: string, body?: unknown) => api.call(administrator, method, path, body)
  const called = async (name: string) =>
    (await call('GET', `/api/groups?name=${encodeURIComponent(name)}`)).body.items
  const idOf = async (name: string): Promise<string> => (await called(name))[0]?.id ?? ''
  const rename = (id: string, name: string) => call('PATCH', `/api/groups/${id}`, { name })
  const remove = (id: string) => call('DELETE', `/api/groups/${id}`)
  const history = async (id: string) => (await call('GET', `/api/groups/${id}/history`)).body.items
  const sees = async (address: string, requestId: number) =>
    (await api.call(await api.tokenFor(address), 'GET', `/api/requests/${requestId}`)).status === 200

  test('a renamed group is found by each name it had: by processes, imports and whoever asks', async () => {
    expect((await rename(finance, 'Treasury')).body).toMatchObject({
      name: 'Treasury',
      formerNames: ['Finance'],
    })
    expect((await rename(finance, 'Controlling')).body.formerNames).toEqual(['Finance', 'Treasury'])
    expect((await called('Finance'))[0]).toMatchObject({ id: finance, name: 'Controlling', members: 1 })

    // The process names Finance still: its members are asked, and the definition can be imported again.
    const actionId = await purchases.fileForFinance()
    const action = (await call('GET', `/api/actions/${actionId}`)).body
    expect(action.assignees).toMatchObject([{ address: people.finance }])
    const again = purchase.replace('dueAfterDays: 3', 'dueAfterDays: 4')
    await expect(importProcess(api.context, { definition: again, mailbox: null })).resolves.toMatchObject({
      version: 2,
    })
    // So are files that name it as before: no second group comes of them.
    await importPeople(api.context, readFileSync(join(examples, 'people.yaml'), 'utf8'))
    const csv = `address;groups\n${people.manager};Treasury|Human Resources\n`
    const { plan, lines } = await checkPeopleCsv(api.context, csv)
    expect(lines).toMatchObject([{ joins: ['Controlling'] }])
    await importPeopleCsv(api.context, { csv, plan, actorId: null })
    const groups = (await call('GET', '/api/groups')).body.items
    expect(groups.map(({ name, members }: { name: string; members: number }) => [name, members])).toEqual([
      ['Controlling', 2],
      ['Human Resources', 2],
    ])
    expect(await history(finance)).toMatchObject([
      { kind: 'renamed', formerName: 'Treasury', name: 'Controlling', by: { address: people.administrator } },
      { kind: 'renamed', formerName: 'Finance', name: 'Treasury' },
      { kind: 'made', formerName: null, name: 'Finance', by: null },
    ])
  })

  test('a name leads to one group: another’s, now or before, is refused; its own may be taken back', async () => {
    await rename(finance, 'Treasury')
    const other = await idOf('Human Resources')
    expect((await rename(other, 'Treasury')).body).toMatchObject({ status: 409, code: 'group-known' })
    const refusal = { code: 'group-name-former', values: { group: 'Finance', current: 'Treasury' } }
    expect((await rename(other, 'Finance')).body).toMatchObject(refusal)
    expect((await call('POST', '/api/groups', { name: 'Finance' })).body).toMatchObject(refusal)
    expect((await rename(finance, 'Finance')).body).toMatchObject({
      name: 'Finance',
      formerNames: ['Treasury'],
    })
    expect((await rename('01890a5d-ac96-774b-bcce-b302099a8057', 'X')).body.code).toBe('group-not-found')
    expect((await rename(finance, 'two\nlines')).status).toBe(400)
  })

  test('a group that a process names, or that open actions wait for, is kept; it says which', async () => {
    await rename(finance, 'Treasury')
    const actionId = await purchases.fileForFinance()
    const { request } = (await call('GET', `/api/actions/${actionId}`)).body
    expect((await remove(finance)).body).toMatchObject({
      ...{ status: 409, code: 'group-in-process' },
      values: { group: 'Treasury', processes: 'purchase 1' },
    })
    // A later version asks somebody else; the request still runs on the first.
    const later = purchase.replace('{ group: Finance }', 'manager')
    await importProcess(api.context, { definition: later, mailbox: null })
    expect((await remove(finance)).body.values.processes).toBe('purchase 1')
    await api.context.db.transaction().execute((tx) => purchases.decide(tx, actionId, people.finance))
    expect((await remove(finance)).status).toBe(204)
    expect(await called('Treasury')).toEqual([])
    expect((await call('GET', `/api/groups/${finance}/members`)).body.code).toBe('group-not-found')
    expect((await history(finance))[0]).toMatchObject({ kind: 'deleted', name: 'Treasury' })
    const events = (await call('GET', `/api/people/${await purchases.idOf(people.finance)}/history`)).body
      .items
    expect(events[0]).toMatchObject({
      kind: 'group-left',
      group: 'Treasury',
      by: { address: people.administrator },
    })
    // What they have decided they go on seeing.
    expect(await sees(people.finance, request.id)).toBe(true)
    // Its names are free.
    expect((await call('POST', '/api/groups', { name: 'Finance' })).status).toBe(201)
  })

  test('open actions whose process no longer exists as a reason keep it too, and who had left it sees no more', async () => {
    const id = (await call('POST', '/api/groups', { name: 'Legal' })).body.id
    for (const address of [people.stranger, people.finance]) {
      await call('POST', `/api/groups/${id}/members`, { address })
    }
    const actionId = await purchases.fileForFinance()
    const { request } = (await call('GET', `/api/actions/${actionId}`)).body
    // The group may have handed it on to its members by `delegation`, or by an earlier version.
    const assigned = { actionId, groupId: id, assignedAt: new Date() }
    const { db } = api.context
    const left = { ...assigned, personId: await purchases.idOf(people.stranger) }
    await db.insertInto('actionAssignee').values(left).execute()
    await call('DELETE', `/api/groups/${id}/members/${left.personId}`)
    expect(await sees(people.stranger, request.id)).toBe(false)
    expect((await remove(id)).body).toMatchObject({
      code: 'group-has-actions',
      values: { group: 'Legal', requests: `#${request.id}` },
    })
    await db.transaction().execute((tx) => purchases.decide(tx, actionId, people.finance))
    expect((await remove(id)).status).toBe(204)
    expect(await sees(people.stranger, request.id)).toBe(false)
  })
})
