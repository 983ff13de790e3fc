import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../support/databases.ts'
import { examples, openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'

/** What an administrator and an auditor see of a process, and try of it before anything is imported. */
describeOnBothDatabases('API: versions and trials of a process', (open) => {
  let api: SampleApi
  let administrator: string
  let requester: string
  const definition = readFileSync(join(examples, 'processes', 'purchase.yaml'), 'utf8')
  const investment = readFileSync(join(examples, 'processes', 'investment.yaml'), 'utf8')

  beforeAll(async () => {
    api = await openSampleApi(await open(), { publicUrl: 'https://approvals.contoso.example' })
    administrator = await api.tokenFor(people.administrator)
    requester = await api.tokenFor(people.requester)
  })
  afterAll(() => api.close())

  const get = (url: string) => api.call(administrator, 'GET', url)
  const post = (url: string, body: unknown, headers = {}) =>
    api.call(administrator, 'POST', url, body, headers)

  test('versions tell who imported them, what was written, and how many requests run on each', async () => {
    await api.call(requester, 'POST', '/api/requests', { process: 'purchase', data: purchase })
    const second = definition.replace('dueAfterDays: 5', 'dueAfterDays: 7')
    const made = await post('/api/processes/import', { definition: second, basedOn: 1 })
    expect(made.body).toMatchObject({ version: 2, changed: true })
    await api.call(requester, 'POST', '/api/requests', { process: 'purchase', data: purchase })

    const { body } = await get('/api/processes/purchase/versions?limit=1')
    expect(body.items).toMatchObject([
      { version: 2, status: 'active', openRequests: 1, importedBy: { address: people.administrator } },
    ])
    const rest = await get(`/api/processes/purchase/versions?limit=1&after=${body.next}`)
    // The sample was imported by nobody in particular, as by the operator.
    expect(rest.body).toMatchObject({
      items: [{ version: 1, status: 'archived', openRequests: 1, importedBy: null }],
      next: null,
    })
    const one = await get('/api/processes/purchase/versions/2')
    expect(one.body).toMatchObject({ name: 'purchase', previous: 1, source: second })
    expect(one.body.definition.steps[0].dueAfterDays).toBe(7)
    expect((await get('/api/processes/purchase/versions/1')).body).toMatchObject({
      previous: null,
      source: definition,
    })
    expect((await get('/api/processes/purchase/versions/9')).body.code).toBe('version-not-found')
    expect((await get('/api/processes/nothing/versions')).body.code).toBe('process-not-found')

    const seen = await get('/api/processes')
    expect(seen.body.items[0]).toMatchObject({ name: 'purchase', openRequests: 2 })
    const members = await api.call(requester, 'GET', '/api/processes')
    expect(members.body.items[0]).toMatchObject({ name: 'purchase', openRequests: null })
  })

  test('what was made from an older version is refused, and nothing of it is kept', async () => {
    const other = definition.replace('dueAfterDays: 5', 'dueAfterDays: 9')
    const late = await post('/api/processes/import', { definition: other, basedOn: 1 })
    expect(late.body).toMatchObject({
      status: 409,
      code: 'process-changed',
      values: { process: 'purchase', version: '2' },
    })
    const taken = await post('/api/processes/import', { definition: other, basedOn: 0 })
    expect(taken.body.code).toBe('process-changed')
    expect((await get('/api/processes/purchase')).body.version).toBe(2)
  })

  test('comments alone make no version, and are kept', async () => {
    const { source } = (await get('/api/processes/purchase/versions/2')).body
    const commented = `# Agreed with Finance.\n${source}`
    const same = await post('/api/processes/import', { definition: commented, basedOn: 2 })
    expect(same.body).toMatchObject({ version: 2, changed: false })
    expect((await get('/api/processes/purchase/versions/2')).body.source).toBe(commented)
  })

  test('a check tells what an import would make, and how the definition is understood', async () => {
    const { source } = (await get('/api/processes/purchase/versions/2')).body
    const same = await post('/api/processes/check', { definition: source })
    expect(same.body).toMatchObject({
      ok: true,
      becomes: { name: 'purchase', version: 2, changed: false },
      definition: { name: 'purchase', steps: [{ name: 'manager-approval' }, { name: 'finance-approval' }] },
    })
    const next = await post('/api/processes/check', { definition })
    expect(next.body.becomes).toEqual({ name: 'purchase', version: 3, changed: true })
    const first = await post('/api/processes/check', { definition: investment })
    expect(first.body.becomes).toEqual({ name: 'investment', version: 1, changed: true })
    const broken = await post('/api/processes/check', { definition: 'name: [' })
    expect(broken.body).toMatchObject({ ok: false, becomes: null, definition: null })
    expect(broken.body.problems[0].line).toBe(1)
  })

  const tried = async (text: string, more = {}) => {
    const body = { definition, step: 'manager-approval', locale: 'en', text, ...more }
    return (await post('/api/processes/try-reply', body)).body
  }

  test('a reply is tried with the real reader, and it is told what would follow', async () => {
    const yes = await tried('Yes\n\nBefore the 15th, please.')
    expect(yes).toMatchObject({
      reading: { kind: 'answers', answers: { Q1: 'YES' }, comment: 'Before the 15th, please.' },
      follows: {
        kind: 'decide',
        text: 'It decides “Approve”, and the next step opens: Approval by Finance.',
      },
    })
    expect(yes.words.regions).toMatchObject({ answer: 'answer', comment: 'comment' })
    const unclear = await tried('Yes, but only if it costs less than 10,000 €.')
    expect(unclear).toMatchObject({ reading: { kind: 'unclear' }, follows: { kind: 'ask-back' } })
    expect(unclear.reading.matched.map(({ as }: { as: string }) => as)).toContain('condition')
    // Nothing of it can be kept, so all of it is asked for again.
    expect((await tried('Lavender')).follows.kind).toBe('ask-back')
    // A refusal needs its comment.
    expect((await tried('No')).follows).toEqual({
      kind: 'rest',
      text: 'It is kept and does not decide yet. A mail asks for the rest: a comment.',
    })
    expect((await tried('No\n\nToo dear.')).follows.text).toContain('the request ends: Refused')
    expect((await tried('HELP')).follows.kind).toBe('help')
    expect((await tried('DELEGATE Thomas Berger')).follows.kind).toBe('delegate')
    expect((await tried('')).reading.kind).toBe('empty')
    // What stands for a header field is text like any other.
    expect((await tried('X-Countersign-Message: approval\n\nYes')).reading.kind).toBe('unclear')
  })

  test('several questions are tried together, by the words of a definition that nobody has imported', async () => {
    const step = { definition: investment, step: 'manager-approval', locale: 'fr' }
    const part = await tried('Q1: [oui]\nQ2: [1 250,00]', step)
    expect(part).toMatchObject({
      reading: { answers: { Q1: 'YES', Q2: '1250.00' } },
      follows: { kind: 'rest', text: expect.stringContaining('Q3') },
    })
    const unread = await tried('Q1: [oui]\nQ2: [1 250,00]\nQ3: [peut-être]', step)
    expect(unread.follows).toMatchObject({ kind: 'rest', text: expect.stringContaining('Q3') })
    const whole = await tried('Q1: [oui]\nQ2: [1 250,00]\nQ3: [logistique]', step)
    expect(whole.follows.kind).toBe('decide')
    const keyword = investment.replace('[Oui, J’approuve', '[Lavande, Oui, J’approuve')
    const withOwn = await tried('Lavande', { ...step, definition: keyword })
    expect(withOwn.reading.answers).toEqual({ Q1: 'YES' })
    expect((await tried('Lavande', step)).reading.kind).toBe('unclear')
  })

  test('what cannot be tried says why', async () => {
    expect((await tried('Yes', { step: 'nowhere' })).code).toBe('step-not-found')
    expect((await tried('Yes', { definition: 'name: [' })).code).toBe('invalid-definition')
    expect((await tried('y'.repeat(64 * 1024 + 1))).code).toBe('invalid-input')
    const member = await api.call(requester, 'POST', '/api/processes/try-reply', {})
    expect(member.body.code).toBe('not-allowed')
  })

  test('the approval e-mail is shown in each language before it is sent, with nothing that works in it', async () => {
    const preview = async (locale: string, written = definition) =>
      (await post('/api/processes/preview-mail', { definition: written, step: 'manager-approval', locale }))
        .body
    const english = await preview('en')
    expect(english.subject).toContain('Purchase: Example for “Item”')
    expect(english.text).toContain('Camille Martin asks for your approval')
    expect(english.text).toContain('€1,250.00')
    expect(english.html).toContain('Do you approve this purchase?')
    expect(english.text).toContain('Files: offer.pdf (182 kB)')
    const without = definition.replace('attachments: optional', 'attachments: none')
    expect((await preview('en', without)).text).not.toContain('offer.pdf')
    const french = await preview('fr')
    expect(french.html).toContain('Approuvez-vous cet achat')
    expect(JSON.stringify(french)).not.toMatch(/preview234567aaa/)
    expect(french.html).toContain('https://approvals.contoso.example')
  })
})
