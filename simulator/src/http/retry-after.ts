import type { OutgoingHttpHeaders } from 'node:http'

/** Retry-After in one of its two forms (RFC 9110, section 10.2.3); `now` in milliseconds is for the date. */
export function retryAfterHeader(
  retryAfter: { seconds: number; as?: 'seconds' | 'date' } | undefined,
  now: number,
): OutgoingHttpHeaders {
  if (!retryAfter) return {}
  const { seconds, as } = retryAfter
  return { 'retry-after': as === 'date' ? new Date(now + seconds * 1000).toUTCString() : String(seconds) }
}
