import { lookup } from 'node:dns/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpClient } from '../lib/http-client.ts'
import { ok } from './finding.ts'
import type { Finding } from './mailbox.ts'
import { networkError } from './network-error.ts'

/**
 * Whether name, port and certificate of a URL's host are right: any status proves it, so nothing is signed in for. Tells
 * where the name leads, and what time it is there. Throws `MailError`.
 */
export async function checkServer(url: string, http: HttpClient, signal: AbortSignal): Promise<Finding> {
  const { host, hostname } = new URL(url)
  const addresses = await addressesOf(hostname, signal)
  const answer = await http
    .request({ method: 'GET', url, headers: {}, timeoutMs: 30_000, signal })
    .catch((error: unknown) => {
      throw networkError(error, host)
    })
  const date = new Date(answer.headers.get('date') ?? '')
  const facts = Number.isNaN(date.getTime()) ? {} : { serverTime: date }
  return ok(`${host}${addresses} HTTP ${answer.status}`, facts)
}

/** A name server that works answers sooner, and one that does not is asked for half a minute and more. */
const LOOKUP_MS = 3_000

/**
 * The addresses behind a name, for the evidence: ` (192.0.2.1, 2001:db8::1)`. Empty when the name is not known here, or not
 * soon, which is no failure yet: a proxy may know it, and without one the call itself says so.
 */
export async function addressesOf(hostname: string, signal: AbortSignal): Promise<string> {
  const found = await Promise.race([
    lookup(hostname, { all: true }).catch(() => []),
    // `lookup` can be neither ended nor given a time.
    sleep(LOOKUP_MS, [], { signal, ref: false }).catch(() => []),
  ])
  if (found.length === 0) return ''
  return ` (${[...new Set(found.map(({ address }) => address))].slice(0, 4).join(', ')})`
}
