import { expect, test } from 'vitest'
import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import { credentialExpiry } from './credential-expiry.ts'

const application = {
  clientId: '11111111-2222-3333-4444-555555555555',
  clientSecretExpiresOn: '2026-02-01' as string | null,
  certificate: null,
  scope: 'https://graph.microsoft.com/.default',
  tokenEndpoint: 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token',
}
const graph = (oauth: object) =>
  ({ type: 'exchange-online-graph', ...application, ...oauth }) as MailboxSettings
const imap = (oauth: object | null) => ({ type: 'imap-smtp', oauth }) as MailboxSettings

test.each([
  ['2026-01-01T00:00:00Z', 'good', 31],
  ['2026-01-01T00:00:01Z', 'good', 31],
  ['2026-01-02T00:00:00Z', 'soon', 30],
  ['2026-01-30T23:59:59Z', 'soon', 2],
  ['2026-01-31T00:00:00Z', 'soon', 1],
  ['2026-01-31T23:59:59Z', 'soon', 1],
  ['2026-02-01T00:00:00Z', 'expired', 0],
  ['2026-05-01T00:00:00Z', 'expired', 0],
])('a secret that ends on 2026-02-01 is, at %s, %s', (now, state, daysLeft) => {
  expect(credentialExpiry(graph({}), new Date(now))).toEqual({
    credential: 'client-secret',
    state,
    expiresAt: new Date('2026-02-01T00:00:00Z'),
    daysLeft,
  })
})

test('of a secret whose end was not entered nothing is known', () => {
  const expiry = credentialExpiry(graph({ clientSecretExpiresOn: null }), new Date())
  expect(expiry).toEqual({ credential: 'client-secret', state: 'unknown' })
})

test('the application of an IMAP mailbox counts like any other; a password never ends', () => {
  expect(credentialExpiry(imap(application), new Date('2026-01-31T12:00:00Z'))).toMatchObject({ daysLeft: 1 })
  expect(credentialExpiry(imap(null), new Date())).toBeNull()
})

test('a certificate names its own end, to the second', () => {
  const certificate = { expiresAt: '2026-02-01T10:00:00.000Z' }
  const at = (now: string) =>
    credentialExpiry(graph({ clientSecretExpiresOn: null, certificate }), new Date(now))
  expect(at('2026-01-02T10:00:00Z')).toEqual({
    credential: 'certificate',
    state: 'soon',
    expiresAt: new Date(certificate.expiresAt),
    daysLeft: 30,
  })
  expect(at('2026-02-01T09:59:59Z')).toMatchObject({ state: 'soon', daysLeft: 1 })
  expect(at('2026-02-01T10:00:00Z')).toMatchObject({ state: 'expired', daysLeft: 0 })
})
