/** What an HTTP status of the EWS front door means, where no SOAP answer says it better. */

import type { HttpAnswer } from '../../lib/http-client.ts'
import { readTokenClaims } from '../../oauth/token-claims.ts'
import { MailError, type MailErrorFacts } from '../errors.ts'
import { retryAfterMs } from '../retry-after.ts'

/** The application permission that opens mailboxes over EWS. */
export const ewsRole = 'full_access_as_app'

type Meaning = Omit<MailErrorFacts, 'providerCode' | 'messageValues'>

/**
 * The error for an answer whose status is not 200 and whose body is no SOAP fault. `token` is the one that was sent: it
 * tells a permission that was never granted from one that does not reach this mailbox.
 */
export function httpStatusError(
  answer: Pick<HttpAnswer, 'status' | 'headers'>,
  context: { token: string; address: string; host: string },
): MailError {
  const { status, headers } = answer
  const meaning = meaningOf(status, headers, context.token)
  const wait = retryAfterMs(headers)
  const detail = headers.get('x-ms-diagnostics') ?? headers.get('x-ews-policy-reason') ?? ''
  return new MailError(`${context.host} answered HTTP ${status}${detail && `: ${detail.slice(0, 300)}`}`, {
    ...meaning,
    ...(wait === null ? {} : { retryAfterMs: wait }),
    providerCode: `HTTP ${status}`,
    messageValues: {
      address: context.address,
      host: context.host,
      code: `HTTP ${status}`,
      target: hostOf(headers.get('location')),
    },
  })
}

function meaningOf(status: number, headers: Headers, token: string): Meaning {
  if (status === 401) return unauthorised(headers, token)
  if (status === 403) return forbidden(headers, token)
  if (status === 404) return { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'http.no-ews-here' }
  if (status === 429) return { kind: 'throttled', retry: 'later' }
  // The queue in front of EWS is full: the request did not get in.
  if (status === 503) return { kind: 'throttled', retry: 'later' }
  if (status >= 300 && status < 400)
    return { kind: 'protocol', retry: 'later', messageKey: 'http.redirected' }
  if (status >= 500) return { kind: 'unavailable', retry: 'later', mayHaveHappened: true }
  return { kind: 'protocol', retry: 'later', mayHaveHappened: status < 300 }
}

/** Ids of x-ms-diagnostics that Exchange gives to a token it has read and refused. */
function unauthorised(headers: Headers, token: string): Meaning {
  const diagnostic = /^\s*(\d{7})/.exec(headers.get('x-ms-diagnostics') ?? '')?.[1]
  if (diagnostic === '2000003')
    return { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'token.wrong-audience' }
  if (diagnostic === '2000004')
    return { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'token.wrong-tenant' }
  if (diagnostic === '2000008' || lacksRole(token)) return missingRole
  return { kind: 'auth', retry: 'pause-mailbox', messageKey: 'token.refused-by-exchange' }
}

function forbidden(headers: Headers, token: string): Meaning {
  const policy = headers.get('x-ews-policy-reason')
  if (policy !== null) {
    // Microsoft documents two values; the one about the switch is told by this word.
    const messageKey = /disabled/i.test(policy) ? 'policy.ews-disabled' : 'policy.ews-blocked'
    return { kind: 'blocked-by-policy', retry: 'pause-mailbox', messageKey }
  }
  if (lacksRole(token)) return missingRole
  return { kind: 'consent', retry: 'pause-mailbox', messageKey: 'mailbox.access-denied' }
}

const missingRole: Meaning = { kind: 'consent', retry: 'pause-mailbox', messageKey: 'consent.missing-role' }

function lacksRole(token: string): boolean {
  const claims = readTokenClaims(token)
  return claims !== null && !claims.roles.includes(ewsRole)
}

function hostOf(location: string | null): string {
  return URL.parse(location ?? '')?.host ?? ''
}
