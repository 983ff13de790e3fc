import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../support/databases.ts'
import {
  examples,
  mailboxSettings,
  openSampleApi,
  people,
  purchase,
  type SampleApi,
} from '../support/sample-api.ts'

const secret = mailboxSettings.oauth.clientSecret

describeOnBothDatabases('API: processes, people, mailboxes, audit', (open) => {
  let api: SampleApi
  let administrator: string
  const definition = readFileSync(join(examples, 'processes', 'purchase.yaml'), 'utf8')

  beforeAll(async () => {
    api = await openSampleApi(await open())
    administrator = await api.tokenFor(people.administrator)
  })
  afterAll(() => api.close())

  const get = (url: string) => api.call(administrator, 'GET', url)
  const post = (url: string, body?: unknown, headers = {}) =>
    api.call(administrator, 'POST', url, body, headers)

  test('a definition that changes nothing makes no version; one that does makes the next', async () => {
    const same = await post('/api/processes/import', { definition })
    expect(same.body).toMatchObject({ name: 'purchase', version: 1, changed: false, warnings: [] })
    const changed = await post('/api/processes/import', {
      definition: definition.replace('dueAfterDays: 5', 'dueAfterDays: 7'),
    })
    expect(changed.body).toMatchObject({ name: 'purchase', version: 2, changed: true })
    const list = await get('/api/processes')
    expect(list.body.items).toHaveLength(1)
    expect(list.body.items[0]).toMatchObject({ name: 'purchase', version: 2, mailbox: 'main' })
    const one = await get('/api/processes/purchase')
    expect(one.body.definition.steps[0]).toMatchObject({ name: 'manager-approval', dueAfterDays: 7 })
    expect((await get('/api/processes/nothing')).body.code).toBe('process-not-found')
  })

  test('a definition with errors is refused line by line, and checking says the same without importing', async () => {
    const broken = definition.replace('next: finance-approval', 'next: nowhere')
    const refused = await post('/api/processes/import', { definition: broken }, { 'accept-language': 'fr' })
    expect(refused.body).toMatchObject({ status: 422, code: 'invalid-definition' })
    const line = broken.split('\n').findIndex((text) => text.includes('nowhere')) + 1
    expect(refused.body.problems.map((problem: { line: number }) => problem.line)).toContain(line)
    const checked = await post('/api/processes/check', { definition: broken }, { 'accept-language': 'fr' })
    expect(checked.body.ok).toBe(false)
    expect(checked.body.problems.map(({ message }: { message: string }) => message)).toEqual(
      refused.body.problems.map(({ message }: { message: string }) => message),
    )
    expect((await post('/api/processes/check', { definition })).body).toMatchObject({
      ok: true,
      problems: [],
    })
  })

  test('a mailbox that there is not, and people whom nobody knows', async () => {
    const missing = await post('/api/processes/import', { definition, mailbox: 'other' })
    expect(missing.body).toMatchObject({ code: 'mailbox-not-found', values: { mailbox: 'other' } })
    const stranger = definition.replace('assignee: { group: Finance }', 'assignee: { group: Nobody }')
    expect((await post('/api/processes/check', { definition: stranger })).body.ok).toBe(false)
  })

  test('people come in, are listed with manager, aliases and groups, and are refused when they contradict', async () => {
    const list = await get('/api/people?limit=200')
    const manager = list.body.items.find(({ address }: { address: string }) => address === people.manager)
    expect(manager).toMatchObject({
      name: 'Élodie Gagnon',
      locale: 'fr',
      aliases: ['e.gagnon@contoso.example'],
      groups: ['Human Resources'],
    })
    const requester = list.body.items.find(({ address }: { address: string }) => address === people.requester)
    expect(requester).toMatchObject({ manager: people.manager, role: 'member', active: true })

    const imported = await post('/api/people/import', {
      people: 'people: [{ address: New.Person@Contoso.Example, name: New Person }]',
    })
    expect(imported.body).toEqual({ people: 1, groups: 0 })
    const twice = await post('/api/people/import', {
      people:
        'people:\n  - { address: a@contoso.example, name: A }\n  - { address: A@contoso.example, name: B }',
    })
    expect(twice.body).toMatchObject({ status: 422, code: 'invalid-people' })
    expect(twice.body.problems[0].line).toBe(3)
  })

  test('a mailbox is saved and changed; its secret goes in and never out', async () => {
    const put = (body: unknown) => api.call(administrator, 'PUT', '/api/mailboxes/second', body)
    const scope = `${mailboxSettings.oauth.scope}&grant_type=client_credentials`
    const saved = await put({ ...mailboxSettings, oauth: { ...mailboxSettings.oauth, scope } })
    expect(saved.status, saved.text).toBe(200)
    expect(saved.body.notes).toHaveLength(1)
    expect(saved.body.mailbox).toMatchObject({ name: 'second', state: 'running', hasSecret: true })

    const { clientSecret, ...kept } = mailboxSettings.oauth
    const changed = await put({ ...mailboxSettings, oauth: kept, remoteApproval: { enabled: false } })
    expect(changed.body.mailbox).toMatchObject({ state: 'disabled', hasSecret: true })
    for (const answer of [saved, changed, await get('/api/mailboxes')])
      expect(answer.text).not.toContain(clientSecret)
    const row = await api.context.db
      .selectFrom('mailbox')
      .selectAll()
      .where('name', '=', 'second')
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(row) + row.secrets?.toString('latin1')).not.toContain(clientSecret)
  })

  test('a mailbox that cannot be saved says which field and how to mend it', async () => {
    const put = (body: unknown) => api.call(administrator, 'PUT', '/api/mailboxes/third', body)
    const placeholder = 'https://login.microsoftonline.com/{directory_tenant_ID}/oauth2/v2.0/token'
    const refused = await put({
      ...mailboxSettings,
      oauth: { ...mailboxSettings.oauth, tokenEndpoint: placeholder },
    })
    expect(refused.body).toMatchObject({
      status: 400,
      code: 'invalid-settings',
      problems: [{ path: 'oauth.tokenEndpoint' }],
    })
    const { clientSecret: _, ...without } = mailboxSettings.oauth
    expect((await put({ ...mailboxSettings, oauth: without })).body.problems[0].path).toBe(
      'oauth.clientSecret',
    )
    const shapeless = await put({
      ...mailboxSettings,
      mailbox: { ...mailboxSettings.mailbox, host: 'https://x/y' },
    })
    expect(shapeless.body).toMatchObject({ code: 'invalid-input', problems: [{ path: 'mailbox.host' }] })
    expect(
      (await api.call(administrator, 'PUT', '/api/mailboxes/No%20Name', mailboxSettings)).body.code,
    ).toBe('invalid-input')
    for (const answer of [refused, shapeless]) expect(answer.text).not.toContain(secret)
  })

  test('a mailbox of each type is saved with what that type usually has', async () => {
    const put = async (body: unknown) => {
      const { body: answer } = await api.call(administrator, 'PUT', '/api/mailboxes/fourth', body)
      return answer.mailbox?.settings ?? answer.problems.map(({ path }: { path: string }) => path)
    }
    const account = { user: 'approvals@contoso.example', defaultReplyTo: 'approvals@contoso.example' }
    const { scope: _, ...oauth } = mailboxSettings.oauth
    expect(await put({ mailbox: { type: 'exchange-online-graph', ...account }, oauth })).toMatchObject({
      host: 'graph.microsoft.com',
      scope: 'https://graph.microsoft.com/.default',
    })
    const server = { host: 'mail.contoso.example' }
    const imap = { type: 'imap-smtp', imap: server, smtp: { ...server, security: 'starttls' }, ...account }
    // The secret of the application is no password.
    expect(await put({ mailbox: imap })).toEqual(['mailbox.password'])
    const saved = await put({ mailbox: { ...imap, password: secret } })
    expect(saved).toMatchObject({ imap: { port: 993 }, smtp: { port: 587 }, oauth: null, saveSent: true })
    expect(JSON.stringify(saved)).not.toContain(secret)
    expect(await put({ mailbox: imap })).toMatchObject({ oauth: null })
    expect(await put({ mailbox: { ...imap, password: secret }, oauth })).toEqual(['mailbox.password'])
    expect(await put({ mailbox: { type: 'exchange-online-ews', ...account } })).toEqual(['oauth'])
    expect(await put({ mailbox: imap, oauth })).toMatchObject({ oauth: { clientId: oauth.clientId } })
  })

  test('a paused mailbox tells why, in the reader’s language', async () => {
    const trouble = {
      kind: 'auth',
      providerCode: 'AADSTS7000215',
      messageKey: 'token.wrong-secret',
      messageValues: { code: 'AADSTS7000215' },
      since: '2026-11-24T09:00:00.000Z',
    }
    await api.context.db
      .updateTable('mailbox')
      .set({ state: 'paused', trouble: JSON.stringify(trouble) })
      .where('name', '=', 'main')
      .execute()
    const [english, french] = await Promise.all(
      ['en', 'fr'].map((language) =>
        api.call(administrator, 'GET', '/api/mailboxes', undefined, { 'accept-language': language }),
      ),
    )
    const main = ({ body }: { body: { items: { name: string; trouble: { message: string } }[] } }) =>
      body.items.find(({ name }) => name === 'main')
    expect(main(english as never)).toMatchObject({ state: 'paused', trouble: { code: 'AADSTS7000215' } })
    expect(main(english as never)?.trouble.message).toContain('The client secret is wrong')
    expect(main(french as never)?.trouble.message).toMatch(/secret/)
    expect(main(french as never)?.trouble.message).not.toBe(main(english as never)?.trouble.message)
  })

  test('the doctor names each step, and the mend where one failed', async () => {
    const checked = await post('/api/mailboxes/main/check')
    expect(checked.body.ok).toBe(false)
    const { checks } = checked.body
    expect(
      Object.fromEntries(checks.map((check: { id: string; outcome: string }) => [check.id, check.outcome])),
    ).toMatchObject({
      'mailbox-server': 'failed',
      role: 'skipped',
      'read-mailbox': 'skipped',
      credential: 'warning',
    })
    const server = checks.find(({ id }: { id: string }) => id === 'mailbox-server')
    expect(server).toMatchObject({ title: 'Address and certificate of the mail server' })
    expect(server.mend).toContain('127.0.0.1')
    expect((await post('/api/mailboxes/nothing/check')).body.code).toBe('mailbox-not-found')
  })

  test('the audit is verified, and a changed entry is found', async () => {
    const requester = await api.tokenFor(people.requester)
    const made = await api.call(requester, 'POST', '/api/requests', { process: 'purchase', data: purchase })
    const clean = await get('/api/audit/verify')
    expect(clean.body).toMatchObject({ ok: true, broken: [], checkpoints: null })
    expect(clean.body.entries).toBeGreaterThan(0)
    await api.context.db
      .updateTable('auditEntry')
      .set({ kind: 'request-forged' })
      .where('requestId', '=', made.body.id)
      .where('sequence', '=', 1)
      .execute()
    const forged = await get('/api/audit/verify')
    expect(forged.body.ok).toBe(false)
    expect(forged.body.broken).toContainEqual({
      requestId: made.body.id,
      sequence: 1,
      problem: 'entry-altered',
    })
  })
})
