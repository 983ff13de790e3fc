/** A wait longer than this is a mistake of the server, not an order; one that is shorter would keep us asking. */
const shortestWaitMs = 1_000
const longestWaitMs = 6 * 60 * 60_000

/**
 * The Retry-After header (RFC 9110 10.2.3) in milliseconds from now, for seconds as well as for a date; null when it
 * is missing or unreadable. `Date` on the answer is the server's clock, so that a wrong clock of ours does no harm.
 */
export function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return boundWait(Number(value) * 1000)
  return boundWait(Date.parse(value) - Date.parse(headers.get('date') ?? ''))
}

/** A provider's wait in milliseconds, held within reason; null when it is no number. */
export function boundWait(milliseconds: number): number | null {
  return Number.isFinite(milliseconds)
    ? Math.min(longestWaitMs, Math.max(shortestWaitMs, milliseconds))
    : null
}
