import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { AppError } from '../lib/app-error.ts'
import { believedMarks } from '../lib/believed-marks.ts'
import { checkMailboxForm } from './check-mailbox-form.ts'
import { mailboxForm } from './settings.ts'

const account = { user: 'approvals@contoso.example', defaultReplyTo: 'approvals@contoso.example' }
const tenant = '11111111-2222-3333-4444-555555555555'
const oauth = { clientId: 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb', clientSecret: 'a secret', tenant }

function check(mailbox: object, app?: object) {
  return checkMailboxForm(mailboxForm.parse({ mailbox: { ...account, ...mailbox }, oauth: app }))
}

/** The fields that are refused. */
function refused(mailbox: object, app?: object): string[] {
  try {
    check(mailbox, app)
  } catch (error) {
    if (error instanceof AppError) return error.problems.map(({ path }) => path)
    throw error
  }
  return []
}

test.each([
  ['worldwide', 'graph.microsoft.com', 'outlook.office365.com', 'login.microsoftonline.com'],
  ['us-gov-l4', 'graph.microsoft.us', 'outlook.office365.us', 'login.microsoftonline.us'],
  ['us-gov-l5', 'dod-graph.microsoft.us', 'outlook-dod.office365.us', 'login.microsoftonline.us'],
  ['china', 'microsoftgraph.chinacloudapi.cn', 'partner.outlook.cn', 'login.partner.microsoftonline.cn'],
])('in the cloud %s host, scope and access token URI need not be given', (cloud, graph, exchange, login) => {
  const tokenEndpoint = `https://${login}/${tenant}/oauth2/v2.0/token`
  for (const [type, host] of [
    ['exchange-online-graph', graph],
    ['exchange-online-ews', exchange],
  ]) {
    const { settings, notes } = check({ type, cloud }, oauth)
    expect(settings).toMatchObject({ cloud, host, scope: `https://${host}/.default`, tokenEndpoint })
    expect(notes).toEqual([])
  }
  const imap = check({ type: 'imap-smtp', cloud }, oauth).settings
  expect(imap).toMatchObject({
    imap: { host: exchange, port: 993, security: 'ssl' },
    smtp: { port: 587, security: 'starttls' },
    saveSent: false,
    oauth: { scope: `https://${exchange}/.default`, tokenEndpoint },
  })
  expect(believedMarks(imap)).toBe('all')
})

test('a host tells its cloud, and all can be set otherwise', () => {
  const host = 'dod-graph.microsoft.us'
  expect(check({ type: 'exchange-online-graph', host }, oauth).settings).toMatchObject({
    cloud: 'us-gov-l5',
    host,
  })
  const own = { host: 'graph.contoso.example:8443', cloud: 'china' }
  const app = { ...oauth, scope: 'https://graph.contoso.example/.default' }
  expect(check({ type: 'exchange-online-graph', ...own }, app)).toMatchObject({
    settings: { ...own, scope: app.scope },
    notes: [],
  })
})

test.each([
  [
    'the access token URI',
    { cloud: 'us-gov-l4' },
    `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
    undefined,
  ],
  [
    'the host',
    { cloud: 'us-gov-l4', host: 'outlook.office365.com' },
    undefined,
    'https://outlook.office365.us/.default',
  ],
  ['the scope', {}, undefined, 'https://outlook.office365.us/.default'],
])('what belongs to another cloud is noted: %s', (_, mailbox, tokenEndpoint, scope) => {
  const { tenant: _tenant, ...app } = oauth
  const named = tokenEndpoint ? { ...app, tokenEndpoint, scope } : { ...oauth, scope }
  expect(check({ type: 'exchange-online-ews', ...mailbox }, named).notes).toEqual(['other-cloud'])
})

test('one tenant is named, in one way', () => {
  const type = 'exchange-online-graph'
  const tokenEndpoint = `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`
  expect(refused({ type }, { ...oauth, tokenEndpoint })).toEqual(['oauth.tenant'])
  expect(refused({ type }, { ...oauth, tenant: undefined })).toEqual(['oauth.tenant'])
  expect(refused({ type }, { ...oauth, tenant: 'common' })).toEqual(['oauth.tenant'])
  expect(refused({ type }, { ...oauth, tenant: '{directory_tenant_ID}' })).toEqual(['oauth.tenant'])
  expect(check({ type }, { ...oauth, tenant: 'contoso.example' }).settings).toMatchObject({
    tokenEndpoint: 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token',
  })
  expect(() => check({ type }, { ...oauth, tenant: 'contoso/../x' })).toThrow()
})

test('an Exchange Server of one’s own has a host, a password, and a name to sign in with', () => {
  const server = { type: 'exchange-server-ews', host: 'mail.contoso.example', password: 'pä:ß wörd' }
  const { settings, secret } = check(server)
  expect(settings).toMatchObject({ host: server.host, security: 'ssl', signInName: account.user })
  expect(secret).toBe(server.password)
  expect(JSON.stringify(settings)).not.toContain(server.password)
  expect(believedMarks(settings)).toBe('none')
  expect(believedMarks(check({ ...server, trustInternalMark: true }).settings)).toBe('internal')
  const signInName = 'CONTOSO\\approvals'
  expect(check({ ...server, signInName }).settings).toMatchObject({ signInName })
  expect(refused(server, oauth)).toEqual(['oauth'])
  expect(() => check({ ...server, host: undefined })).toThrow()
  expect(() => check({ ...server, signInName: 'CONTOSO:approvals' })).toThrow()
  expect(() => check({ ...server, password: 'two\r\nlines' })).toThrow()
})

test('servers of no cloud are named by the administrator', () => {
  const imap = { host: 'mail.contoso.example' }
  const mailbox = { type: 'imap-smtp', password: 'a password' }
  expect(refused({ ...mailbox })).toEqual(['mailbox.imap'])
  expect(refused({ ...mailbox, imap })).toEqual(['mailbox.smtp'])
  const { settings } = check({ ...mailbox, imap, smtp: imap, signInName: 'approvals' })
  expect(settings).toMatchObject({ cloud: null, saveSent: true, signInName: 'approvals' })
  expect(believedMarks(settings)).toBe('none')
})

test('a cloud that is chosen makes no other server one of Exchange Online', () => {
  const server = { host: 'outlook.office365.com.contoso.example' }
  const mailbox = {
    type: 'imap-smtp',
    cloud: 'worldwide',
    imap: server,
    smtp: server,
    password: 'a password',
  }
  expect(believedMarks(check(mailbox).settings)).toBe('none')
})

test('what we call ourselves fits into a header', () => {
  const type = 'exchange-online-ews'
  expect(check({ type }, oauth).settings.userAgent).toBe('Countersign/1')
  expect(
    check({ type, userAgent: 'Contoso approvals/2 (it@contoso.example)' }, oauth).settings.userAgent,
  ).toBe('Contoso approvals/2 (it@contoso.example)')
  for (const userAgent of ['a\r\nX-Other: b', 'Zoë', '', ' '.repeat(3)]) {
    expect(() => check({ type, userAgent }, oauth)).toThrow()
  }
})

test('an extra CA is certificates and nothing else', async () => {
  const pem = (name: string) =>
    readFile(new URL(`../../test/fixtures/tls/${name}.pem`, import.meta.url), 'utf8')
  const [authority, server, key] = await Promise.all(['authority', 'localhost', 'localhost.key'].map(pem))
  const mailbox = { type: 'exchange-server-ews', host: 'mail.contoso.example', password: 'a password' }
  const bundle = `# Contoso\r\n${authority}\n# Another\n${server}`
  expect(check({ ...mailbox, extraCa: bundle }).settings.extraCa).toBe(`${authority}${server}`)
  for (const extraCa of [
    '',
    'https://pki.contoso.example/ca.crt',
    `${authority}${key}`,
    authority?.replace(/[A-Z]{8}/, 'AAAAAAAA'),
    '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----',
    authority?.slice(0, 200),
  ]) {
    expect(refused({ ...mailbox, extraCa }), extraCa).toEqual(['mailbox.extraCa'])
  }
})

test('an application proves itself in one way: by a secret, a PEM or a PFX', () => {
  const { clientSecret, ...bare } = oauth
  const by = (proof: object) => refused({ type: 'exchange-online-graph' }, { ...bare, ...proof })
  for (const certificate of [{ pem: 'PEM' }, { pfx: 'AAAA', password: 'word' }]) {
    expect(by({ certificate })).toEqual([])
    expect(by({ certificate, clientSecret })).toEqual(['oauth.certificate'])
  }
  for (const certificate of [{}, { password: 'word' }, { pem: 'PEM', pfx: 'AAAA' }, { pfx: 'no base64!' }]) {
    expect(() => by({ certificate })).toThrow()
  }
})
