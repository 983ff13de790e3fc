import { expect, test } from 'vitest'
import { type SetUp, setupValues } from './setup-guide.ts'

const known: SetUp = {
  type: 'exchange-online-graph',
  cloud: 'worldwide',
  clientId: 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb',
  tokenEndpoint: 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token',
  addresses: ['approvals@contoso.example'],
  objectId: 'cccccccc-0000-1111-2222-dddddddddddd',
  probe: 'ceo@contoso.example',
}
const nothing = { clientId: null, tokenEndpoint: null, addresses: [], objectId: null, probe: null }

test.each([
  ['exchange-online-graph', 'Microsoft Graph', ['Mail.ReadWrite', 'Mail.Send'], 'graph.microsoft.com'],
  ['exchange-online-ews', 'Office 365 Exchange Online', ['full_access_as_app'], 'outlook.office365.com'],
  [
    'imap-smtp',
    'Office 365 Exchange Online',
    ['IMAP.AccessAsApp', 'SMTP.SendAsApp'],
    'outlook.office365.com',
  ],
] as const)('%s has its permissions and values', (type, api, names, host) => {
  expect(setupValues({ ...known, type }, 'en')).toMatchObject({
    permissions: { api, names },
    host,
    scope: `https://${host}/.default`,
  })
})

test('the commands hold what is known, and say what is not', () => {
  const { commands } = setupValues(known, 'en')
  expect(commands).toContain(`New-ServicePrincipal -AppId '${known.clientId}' -ObjectId '${known.objectId}'`)
  expect(commands).toContain("Application Mail.Send' -CustomResourceScope")
  expect(commands).toContain("-Resource 'ceo@contoso.example'")
  expect(commands).not.toContain('<')
  const unknown = setupValues({ ...known, ...nothing }, 'fr').commands
  expect(unknown).toContain("-AppId '<APPLICATION-ID>' -ObjectId '<OBJECT-ID>'")
  expect(unknown).toContain('administrateur Exchange')
  const imap = setupValues({ ...known, type: 'imap-smtp' }, 'en').commands
  expect(imap).toContain(
    `Add-MailboxPermission -Identity 'approvals@contoso.example' -User '${known.objectId}' -AccessRights FullAccess`,
  )
})

test('who may consent is sent to the tenant, once it is known', () => {
  expect(setupValues({ ...known, tokenEndpoint: null }, 'en').adminConsentUrl).toBeNull()
  expect(setupValues(known, 'en').adminConsentUrl).toBe(
    `https://login.microsoftonline.com/contoso.example/v2.0/adminconsent?client_id=${known.clientId}&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default`,
  )
})
