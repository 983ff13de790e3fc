import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { importPeople } from '../../src/approvals/commands/import-people.ts'
import { signedIn } from '../support/browser-session.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { examples, openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

describeOnBothDatabases('API: people by CSV', (open) => {
  let api: SampleApi
  let administrator: string

  beforeEach(async () => {
    api = await openSampleApi(await open())
    administrator = await api.tokenFor(people.administrator)
    return () => api.close()
  })

  const check = async (csv: string, language = 'en') =>
    (await api.call(administrator, 'POST', '/api/people/csv/check', { csv }, { 'accept-language': language }))
      .body
  const bring = (csv: string, plan: string) =>
    api.call(administrator, 'POST', '/api/people/csv', { csv, plan })
  const find = async (search: string) =>
    (await api.call(administrator, 'GET', `/api/people?search=${search}`)).body.items[0]
  const briefly = ({ lines }: { lines: { line: number; kind: string; address: string }[] }) =>
    lines.map(({ line, kind, address }) => `${line} ${kind} ${address}`)

  test('a file as Excel writes it in French: shown first, then done, each change on record', async () => {
    const csv = [
      '\uFEFFAdresse e-mail;Nom;Langue;Responsable;Rôle;Actif;Groupes;Bureau',
      'zoe.lin@contoso.example;Zoé Lin;français;e.gagnon@contoso.example;;oui;Finance|Achats;B12',
      '"thomas.berger@contoso.example";"Berger; Thomas";;;auditeur;;;',
      '',
      'anna.novak@fabrikam.example;Anna Novák;en;;membre;non;;',
      'elodie.gagnon@contoso.example;Élodie Gagnon;fr;;;oui;Human Resources;',
      '',
    ].join('\r\n')
    const told = await check(csv, 'fr')
    expect(told.counts).toEqual({ added: 1, changed: 1, deactivated: 1, same: 1, problems: 0 })
    expect(told.ignored).toEqual(['Bureau'])
    expect(briefly(told)).toEqual([
      '2 added zoe.lin@contoso.example',
      '3 changed thomas.berger@contoso.example',
      '5 deactivated anna.novak@fabrikam.example',
    ])
    expect(told.lines[1]).toMatchObject({
      changes: [
        { field: 'name', from: 'Thomas Berger', to: 'Berger; Thomas' },
        { field: 'role', from: 'member', to: 'auditor' },
        { field: 'manager', from: people.manager, to: null },
      ],
      joins: [],
      leaves: ['Finance'],
    })
    expect(await find('zoe')).toBeUndefined()

    const done = await bring(csv, told.plan)
    expect(done.body.counts).toEqual(told.counts)
    expect(await find('zoe')).toMatchObject({
      ...{ name: 'Zoé Lin', locale: 'fr', manager: people.manager, role: 'member' },
      groups: ['Achats', 'Finance'],
    })
    expect(await find('novak')).toMatchObject({ active: false, groups: [] })
    const { id } = await find('berger')
    const [left, changed] = (await api.call(administrator, 'GET', `/api/people/${id}/history`)).body.items
    expect(left).toMatchObject({
      kind: 'group-left',
      group: 'Finance',
      by: { address: people.administrator },
    })
    expect(changed).toMatchObject({ kind: 'changed', by: { address: people.administrator } })
    expect((await check(csv)).counts).toMatchObject({ same: 4 })
  })

  test('what a file does not say stays: no role is lost to a file without roles', async () => {
    const told = await check(
      'email,name\nadmin@contoso.example,Contoso Administrator\nelodie.gagnon@contoso.example,É. Gagnon',
    )
    expect(told.lines).toMatchObject([
      { changes: [{ field: 'name', to: 'É. Gagnon' }], joins: [], leaves: [] },
    ])
    await bring(
      'email,name\nelodie.gagnon@contoso.example,É. Gagnon',
      (await check('email,name\nelodie.gagnon@contoso.example,É. Gagnon')).plan,
    )
    expect(await find('elodie')).toMatchObject({
      ...{
        name: 'É. Gagnon',
        aliases: ['e.gagnon@contoso.example'],
        groups: ['Human Resources'],
        locale: 'fr',
      },
    })
  })

  test('each mistake is told with its line and what to do, and one of them keeps all from being imported', async () => {
    const csv = [
      'sep=\t',
      'address\tname\trole\tactive\tmanager\taliases\tlanguage',
      'new@contoso.example\t\t\t\t\t\t',
      'no address\tNo Address\t\t\t\t\t',
      'a@contoso.example\t"Two\nlines"\t\t\t\t\t',
      'b@contoso.example\tB\tboss\tperhaps\tnobody@contoso.example\t\tde',
      'c@contoso.example\tC\t\t\tnobody@contoso.example\t\t',
      'd@contoso.example\tD\t\t\t\te.gagnon@contoso.example\t',
      'e@contoso.example\tE\t\t\tf@contoso.example\t\t',
      'e@contoso.example\tE\t\t\t\t\t',
    ].join('\n')
    const told = await check(csv)
    expect(
      told.problems.map(({ line, message }: { line: number; message: string }) => `${line} ${message}`),
    ).toEqual([
      expect.stringMatching(/^3 The name is missing, and nobody has this address yet/),
      expect.stringMatching(/^4 no address is no e-mail address/),
      expect.stringMatching(/^5 The name must be one line/),
      expect.stringMatching(/^7 de is no language/),
      expect.stringMatching(/^7 boss is no role/),
      expect.stringMatching(/^7 perhaps does not say/),
      expect.stringMatching(/^8 Nobody has the address nobody@contoso.example/),
      expect.stringMatching(
        /^9 e.gagnon@contoso.example cannot be an address of d@contoso.example: it belongs to elodie/,
      ),
      expect.stringMatching(/^10 Nobody has the address f@contoso.example/),
      expect.stringMatching(/^11 e@contoso.example stands in line 10 already/),
    ])
    const refused = await bring(csv, told.plan)
    expect(refused.body).toMatchObject({ code: 'invalid-people', problems: expect.arrayContaining([]) })
    expect(refused.body.problems).toHaveLength(10)
    expect(await find('c@contoso.example')).toBeUndefined()
  })

  test.each([
    ['a file without addresses', 'name,role\nA,member', 'No column holds the address'],
    ['a column that comes twice', 'mail,address\na@b.example,c@d.example', 'Two columns hold the same'],
    ['a file with nothing but names of columns', 'address;name\n\n', 'There is no line below'],
    ['a quotation mark that is never closed', 'address,name\n"a@b.example,A\n', 'cannot be read as CSV'],
    ['too many lines', `address\n${'a@b.example\n'.repeat(20_001)}`, 'more than 20000 lines'],
  ])('%s', async (_, csv, message) => {
    const told = await check(csv)
    expect(told.problems).toHaveLength(1)
    expect(told.problems[0].message).toContain(message)
  })

  test('what has changed since the check is checked again, not imported', async () => {
    const csv = 'address,name\nthomas.berger@contoso.example,T. Berger'
    const { plan } = await check(csv)
    const { id } = await find('berger')
    await api.call(administrator, 'PATCH', `/api/people/${id}`, { name: 'Tom Berger' })
    expect((await bring(csv, plan)).body.code).toBe('import-changed')
    expect(await find('berger')).toMatchObject({ name: 'Tom Berger' })
    expect((await bring(csv, (await check(csv)).plan)).status).toBe(200)
  })

  test('twenty thousand people, of whom each has a manager and a group', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, n) => `p${n}@litware.example;Person ${n};p0@litware.example;All`,
    )
    rows[0] = 'p0@litware.example;Person 0;;All'
    const csv = ['address;name;manager;groups', ...rows].join('\n')
    const told = await check(csv)
    expect(told.counts).toMatchObject({ added: 20_000, problems: 0 })
    expect(told.lines).toHaveLength(1_000)
    expect((await bring(csv, told.plan)).status).toBe(200)
    const [all] = (await api.call(administrator, 'GET', '/api/groups?limit=1')).body.items
    expect(all).toMatchObject({ name: 'All', members: 20_000 })
  }, 120_000)

  test('what is exported can be imported again and changes nothing', async () => {
    const csv =
      'address;name;aliases;active\nzoe.lin@contoso.example;"Lin; ""Zoé""";z@contoso.example|zl@contoso.example;no\n'
    await bring(csv, (await check(csv)).plan)
    const exported = (await api.call(administrator, 'GET', '/api/people/csv')).body
    expect(exported.people).toBe(6)
    expect(exported.csv).toContain(
      '"zoe.lin@contoso.example","Lin; ""Zoé""","en","","member","no","z@contoso.example|zl@contoso.example",""',
    )
    expect(await check(exported.csv)).toMatchObject({
      ...{ problems: [], ignored: [] },
      counts: { added: 0, changed: 0, deactivated: 0, same: 6, problems: 0 },
    })
  })

  test('no import changes the language that somebody chose themself; an administrator does on purpose', async () => {
    const browser = await signedIn(api, people.requester)
    await browser.call('PUT', '/api/session/settings', { locale: 'en', timeZone: 'America/Montreal' })
    const csv = `address;language\n${people.requester};fr\n${people.manager};en\n`
    const told = await check(csv)
    expect(briefly(told)).toEqual([`3 changed ${people.manager}`])
    await bring(csv, told.plan)
    await importPeople(api.context, readFileSync(join(examples, 'people.yaml'), 'utf8'))
    const settings = (await browser.call('GET', '/api/session')).body.person
    expect(settings).toMatchObject({ locale: 'en', timeZone: 'America/Montreal' })
    const { id } = await find('Belkacem')
    const changed = await api.call(administrator, 'PATCH', `/api/people/${id}`, { locale: 'fr' })
    expect(changed.body.locale).toBe('fr')
  })
})
