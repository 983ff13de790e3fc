import { expect, test } from 'vitest'
import type { MailError } from '../mail/errors.ts'
import { describeMailError } from '../mailboxes/describe-mail-error.ts'
import { checkTokenEndpoint } from './check-token-endpoint.ts'

test.each([
  'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token',
  'https://login.microsoftonline.us/contoso.example/oauth2/v2.0/token',
  'http://127.0.0.1:8080/t/oauth2/v2.0/token',
])('%s is taken as it is', (uri) => {
  expect(checkTokenEndpoint(` ${uri} `)).toBe(uri)
})

test.each([
  ['https://login.microsoftonline.com/{directory_tenant_ID}/oauth2/v2.0/token', 'token-endpoint.placeholder'],
  ['https://login.microsoftonline.com/%7Btenant%7D/oauth2/v2.0/token', 'token-endpoint.placeholder'],
  ['https://login.microsoftonline.com/common/oauth2/v2.0/token', 'token-endpoint.tenantless'],
  ['https://login.microsoftonline.com/Organizations/oauth2/v2.0/token', 'token-endpoint.tenantless'],
  ['http://login.microsoftonline.com/t/oauth2/v2.0/token', 'token-endpoint.plain-http'],
  ['login.microsoftonline.com/t/oauth2/v2.0/token', 'token-endpoint.no-uri'],
  ['https://user:word@login.microsoftonline.com/t/oauth2/v2.0/token', 'token-endpoint.no-uri'],
  ['', 'token-endpoint.no-uri'],
])('%s is refused', (uri, messageKey) => {
  expect(() => checkTokenEndpoint(uri)).toThrow(expect.objectContaining({ kind: 'invalid', messageKey }))
})

test.each([
  (secret: string) => secret,
  (secret: string) => `{${secret}}`,
  (secret: string) => `login.microsoftonline.com/${secret}`,
  (secret: string) => `https://login.microsoftonline.com/{t}/token?client_secret=${secret}`,
  (secret: string) => `https://user:${secret}@login.microsoftonline.com/t/token`,
  (secret: string) => `http://login.microsoftonline.com/t/token#${secret}`,
])('a secret pasted here is not repeated (%#)', (write) => {
  const secret = 'abc8Q~0123456789abcdefghijklmnopqrstuvwx'
  try {
    checkTokenEndpoint(write(secret))
  } catch (error) {
    const told = JSON.stringify([(error as MailError).message, describeMailError(error as MailError)])
    expect(told).not.toContain(secret.slice(0, 9))
    return
  }
  expect.unreachable()
})
