import { isLoopback } from '../lib/is-loopback.ts'
import { MailError } from './errors.ts'

/** `none` is plain HTTP, on loopback only. */
export type HttpSecurity = 'ssl' | 'none'

/**
 * The URL of a mailbox service on a host that an administrator entered, a port included. Throws `MailError` (`invalid`)
 * when the host cannot be one.
 */
export function mailboxUrl(
  { host, security }: { host: string; security: HttpSecurity },
  path: string,
): string {
  const url = URL.parse(`${security === 'ssl' ? 'https' : 'http'}://${host}${path}`)
  if (url === null || !/^[^/\\?#@\s]+$/.test(host)) throw refused(host, 'mailbox.wrong-host')
  if (security === 'none' && !isLoopback(url.hostname)) throw refused(host, 'network.plain-http')
  return url.href
}

function refused(host: string, messageKey: string): MailError {
  return new MailError(`The mailbox address cannot be used: ${host}`, {
    kind: 'invalid',
    retry: 'pause-mailbox',
    providerCode: messageKey,
    messageKey,
    messageValues: { host },
  })
}
