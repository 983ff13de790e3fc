import { namesOfExchange } from '../../lib/clouds.ts'

/** A chain longer than this leads nowhere. */
export const mostRedirects = 3

/**
 * Where an answer sends a call on, or null when it is not to be followed. The access token travels along, so only TLS to
 * the same host, or to another name of the same cloud, will do; and only to Exchange Web Services, not to a sign-in page.
 */
export function redirectTarget(
  from: string,
  { status, headers }: { status: number; headers: Headers },
): string | null {
  if (![301, 302, 307, 308].includes(status)) return null
  const source = new URL(from)
  const location = headers.get('location')
  const target = location ? URL.parse(location, from) : null
  if (target === null || target.protocol !== 'https:' || target.username !== '' || target.password !== '')
    return null
  // A token for one name of Exchange Online is a token for the others.
  const isNamesake = namesOfExchange(source.host)?.includes(target.host) ?? false
  if (target.host !== source.host && !isNamesake) return null
  return /^\/ews\/exchange\.asmx$/i.test(target.pathname) ? target.href : null
}
