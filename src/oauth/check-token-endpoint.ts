import { isLoopback } from '../lib/is-loopback.ts'
import { MailError } from '../mail/errors.ts'
import { repeatableValue } from './repeatable-value.ts'

/** Where Entra answers for no tenant in particular; an application without a user has no tenant there. */
const tenantless = new Set(['common', 'organizations', 'consumers'])

/**
 * Checks the access token URI as an administrator typed it and returns it normalised. Throws `MailError` (`invalid`)
 * that says what is wrong: no URI, the guide's `{directory_tenant_ID}` left in, `common` or `organizations` in the
 * tenant's place, or plain HTTP off loopback, where the client secret would travel readable.
 */
export function checkTokenEndpoint(uri: string): string {
  if (/[{}]|%7b|%7d/i.test(uri)) throw refused('token-endpoint.placeholder', repeatableValue(uri))
  const url = URL.parse(uri.trim())
  if (url === null || !/^https?:$/.test(url.protocol))
    throw refused('token-endpoint.no-uri', repeatableValue(uri))
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw refused('token-endpoint.no-uri', repeatableValue(uri))
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw refused('token-endpoint.plain-http', repeatableValue(uri))
  const tenant = url.pathname.split('/')[1]?.toLowerCase() ?? ''
  if (tenantless.has(tenant)) throw refused('token-endpoint.tenantless', tenant)
  return url.href
}

function refused(messageKey: string, value: string): MailError {
  return new MailError(`The access token URI cannot be used: ${messageKey}`, {
    kind: 'invalid',
    retry: 'pause-mailbox',
    providerCode: messageKey,
    messageKey,
    messageValues: { value },
  })
}
