import { afterAll, beforeAll, expect, test } from 'vitest'
import { certificateFile } from '../support/certificates.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { mailboxSettings, openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

describeOnBothDatabases('who changed what of a mailbox', (open) => {
  let api: SampleApi
  let administrator: string
  beforeAll(async () => {
    api = await openSampleApi(await open())
    administrator = await api.tokenFor(people.administrator)
  })
  afterAll(() => api?.close())

  const call = (method: string, path: string, body?: unknown, headers?: object, token = administrator) =>
    api.call(token, method, `/api/mailboxes/${path}`, body, headers)
  const put = (name: string, body: unknown, headers?: object) => call('PUT', name, body, headers)
  const history = async (name: string, query = '') => (await call('GET', `${name}/changes${query}`)).body
  const { clientSecret, ...withoutSecret } = mailboxSettings.oauth

  test('a name that is taken is refused to whoever makes a mailbox, and nothing is saved', async () => {
    const isNew = { 'if-none-match': '*' }
    expect((await put('twice', mailboxSettings, isNew)).status).toBe(200)
    const other = { ...mailboxSettings, mailbox: { ...mailboxSettings.mailbox, displayName: 'Another' } }
    const refused = await put('twice', other, isNew)
    expect(refused.body).toMatchObject({
      status: 412,
      code: 'mailbox-exists',
      values: { mailbox: 'twice' },
    })
    expect((await call('GET', 'twice')).body.settings.displayName).toBe('Approvals')
    expect((await put('twice', other)).body.mailbox.settings.displayName).toBe('Another')
    expect((await put('twice', other, { 'if-none-match': '"abc"' })).body.code).toBe('invalid-input')
  })

  test('of two who make it at once, one does', async () => {
    const both = await Promise.all(
      ['One', 'Two'].map((displayName) =>
        put(
          'race',
          { ...mailboxSettings, mailbox: { ...mailboxSettings.mailbox, displayName } },
          {
            'if-none-match': '*',
          },
        ),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    expect((await history('race')).items).toHaveLength(1)
  })

  test('each change is told with both values and its author, a secret only as replaced', async () => {
    await put('told', mailboxSettings)
    await put('told', mailboxSettings)
    const { mailbox, oauth } = mailboxSettings
    await call(
      'PUT',
      'told',
      {
        mailbox: { ...mailbox, displayName: 'Contoso Approvals' },
        oauth: { ...withoutSecret, clientSecretExpiresOn: '2027-05-31' },
        remoteApproval: { pollIntervalSeconds: 30, enabled: false },
      },
      {},
      api.operatorToken,
    )
    const imap = { host: 'mail.contoso.example' }
    await put('told', {
      mailbox: {
        type: 'imap-smtp',
        imap,
        smtp: imap,
        user: mailbox.user,
        defaultReplyTo: mailbox.user,
        password: 'pass-word',
      },
      remoteApproval: { pollIntervalSeconds: 30, enabled: false },
    })
    await put('told', {
      mailbox,
      oauth: { ...withoutSecret, certificate: { pem: certificateFile('app.pem') } },
    })

    const { items } = await history('told')
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual([
      'changed',
      'changed',
      'changed',
      'changed',
      'created',
    ])
    const [certified, moved, paused, again, created] = items
    expect(created).toMatchObject({ person: { address: people.administrator }, changes: [] })
    expect(again.changes).toEqual([replaced('oauth.clientSecret')])
    expect(paused.person).toBeNull()
    expect(paused.changes).toEqual([
      changed('mailbox.displayName', 'Approvals', 'Contoso Approvals'),
      changed('oauth.clientSecretExpiresOn', null, '2027-05-31'),
      changed('remoteApproval.pollIntervalSeconds', 60, 30),
      changed('remoteApproval.enabled', true, false),
    ])
    expect(moved.changes).toEqual(
      expect.arrayContaining([
        changed('mailbox.type', 'exchange-online-ews', 'imap-smtp'),
        changed('mailbox.imap.host', null, 'mail.contoso.example'),
        changed('mailbox.imap.port', null, 993),
        changed('oauth.clientId', oauth.clientId, null),
        replaced('mailbox.password'),
      ]),
    )
    const certificate = certified.changes.find(
      ({ setting }: { setting: string }) => setting === 'oauth.certificate',
    )
    expect(certificate).toMatchObject({
      from: null,
      to: expect.stringMatching(/^O=Contoso, CN=Countersign \(app\) \([0-9A-F]{40}\)$/),
    })
    expect(JSON.stringify(items)).not.toMatch(new RegExp(`${clientSecret}|pass-word|PRIVATE`))
  })

  test('stopping and resuming stand in it; it comes in pages, and to administrators alone', async () => {
    await put('paged', mailboxSettings)
    await call('POST', 'paged/pause')
    await call('POST', 'paged/pause')
    await call('POST', 'paged/resume')
    const first = await history('paged', '?limit=2')
    expect(first.items.map(({ kind }: { kind: string }) => kind)).toEqual(['resumed', 'paused'])
    const second = await history('paged', `?limit=2&after=${first.next}`)
    expect(second).toMatchObject({ items: [{ kind: 'created' }], next: null })
    expect((await history('nothing')).code).toBe('mailbox-not-found')
    const member = await api.tokenFor(people.requester)
    expect((await call('GET', 'paged/changes', undefined, {}, member)).body.code).toBe('not-allowed')
  })
})

const changed = (setting: string, from: unknown, to: unknown) => ({ setting, from, to, replaced: false })
const replaced = (setting: string) => ({ setting, from: null, to: null, replaced: true })
