import { expect, test } from 'vitest'
import { adminConsentUrl } from './admin-consent-url.ts'
import { checkMailboxForm } from './check-mailbox-form.ts'
import { mailboxForm } from './settings.ts'

const address = 'approvals@fabrikam.example'
const clientId = '11111111-2222-3333-4444-555555555555'
const tenant = 'fabrikam.example'

function linkOf(mailbox: object, oauth: object | undefined): string | null {
  const account = { defaultReplyTo: address, user: address, ...mailbox }
  return adminConsentUrl(checkMailboxForm(mailboxForm.parse({ mailbox: account, oauth })).settings)
}

const of = (host: string, scope: string) =>
  `https://${host}/${tenant}/v2.0/adminconsent?client_id=${clientId}&scope=${encodeURIComponent(scope)}`

test.each([
  ['exchange-online-graph', 'worldwide', 'login.microsoftonline.com', 'https://graph.microsoft.com/.default'],
  ['exchange-online-ews', 'worldwide', 'login.microsoftonline.com', 'https://outlook.office365.com/.default'],
  ['imap-smtp', 'worldwide', 'login.microsoftonline.com', 'https://ps.outlook.com/.default'],
  [
    'exchange-online-graph',
    'us-gov-l5',
    'login.microsoftonline.us',
    'https://dod-graph.microsoft.us/.default',
  ],
  ['imap-smtp', 'china', 'login.partner.microsoftonline.cn', 'https://partner.outlook.cn/.default'],
])('of a mailbox of type %s in the cloud %s', (type, cloud, host, scope) => {
  expect(linkOf({ type, cloud }, { clientId, tenant })).toBe(of(host, scope))
})

test('there is none without an application, nor at an address that is not in the form of Entra', () => {
  const server = { type: 'exchange-server-ews', host: 'mail.contoso.example', password: 'x' }
  expect(linkOf(server, undefined)).toBeNull()
  const tokenEndpoint = 'https://login.contoso.example/token'
  expect(linkOf({ type: 'exchange-online-graph' }, { clientId, tokenEndpoint })).toBeNull()
})

test('what was typed stays within its parameter', () => {
  const link = linkOf(
    { type: 'exchange-online-graph' },
    { clientId: 'a&redirect_uri=https://evil.example', tenant },
  )
  expect(new URL(link ?? '').searchParams.get('redirect_uri')).toBeNull()
})
