/** What a requester is given to fill in, and what is said of it before it is sent. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../support/databases.ts'
import { examples, openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

describeOnBothDatabases('API: forms', (open) => {
  let api: SampleApi
  let requester: string

  beforeAll(async () => {
    api = await openSampleApi(await open())
    requester = await api.tokenFor(people.requester)
    const definition = readFileSync(join(examples, 'processes', 'hire.yaml'), 'utf8')
    await api.call(api.operatorToken, 'POST', '/api/processes/import', { definition })
  })
  afterAll(() => api.close())

  test('a form has the fields of the requester in their order, and says what is asked first', async () => {
    const { body } = await api.call(requester, 'GET', '/api/processes/hire/form')
    expect(body).toMatchObject({ name: 'hire', title: { fr: 'Demande de personnel' } })
    expect(body.firstStep.en).toBe('Approval by the head of department')
    expect(body.fields.map(({ name }: { name: string }) => name)).toEqual([
      ...['position', 'department', 'contract', 'headcount', 'yearlySalary', 'startDate', 'departmentHead'],
    ])
    expect(body.fields[2].options[1]).toEqual({
      value: 'fixed-term',
      label: { en: 'Fixed term', fr: 'CDD' },
    })
    expect(body.fields[4]).toMatchObject({ type: 'money', currency: 'EUR', required: false, person: false })
    expect(body.fields[6]).toMatchObject({ type: 'text', required: true, person: true })
    const unknown = await api.call(requester, 'GET', '/api/processes/holiday/form')
    expect(unknown.body).toMatchObject({ status: 404, code: 'process-not-found' })
  })

  test('values are judged as when they are sent, and nothing is made of them', async () => {
    const check = (data: object) =>
      api.call(requester, 'POST', '/api/processes/hire/form/check', { data }, { 'accept-language': 'fr' })
    const data = { position: 'Comptable', headcount: 'deux', startDate: '2027-02-30', departmentHead: 'moi' }
    const { body } = await check(data)
    expect(
      Object.fromEntries(body.problems.map((one: { path: string; code: string }) => [one.path, one.code])),
    ).toEqual({
      department: 'data-required',
      contract: 'data-required',
      headcount: 'data-number',
      startDate: 'data-date',
      departmentHead: 'data-person',
    })
    expect(body.problems[0].message).toBe('Veuillez renseigner ce champ.')
    const refused = await api.call(requester, 'POST', '/api/requests', { process: 'hire', data })
    expect(refused.body.problems.map(({ path }: { path: string }) => path)).toEqual(
      body.problems.map(({ path }: { path: string }) => path),
    )
    const fine = { ...data, department: 'Finance', contract: 'permanent', headcount: 2 }
    const whole = await check({ ...fine, startDate: '2027-03-01', departmentHead: people.manager })
    expect(whole.body.problems).toEqual([])
    expect((await api.call(requester, 'GET', '/api/requests')).body.items).toEqual([])
  })
})
