/** What an HTTP status of the EWS front door means, where no SOAP answer says it better. */

import type { HttpAnswer } from '../../lib/http-client.ts'
import { MailError } from '../errors.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { Caller, Meaning } from './caller.ts'

export interface HttpStatusContext {
  caller: Caller
  /** What was sent to prove who calls. */
  authorization: string
  address: string
  host: string
}

/** The error for an answer whose status is not 200 and whose body is no SOAP fault. */
export function httpStatusError(
  answer: Pick<HttpAnswer, 'status' | 'headers'>,
  context: HttpStatusContext,
): MailError {
  const { status, headers } = answer
  const meaning = meaningOf(status, headers, context)
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

function meaningOf(status: number, headers: Headers, { caller, authorization }: HttpStatusContext): Meaning {
  if (status === 401) return caller.unauthorised(headers, authorization)
  if (status === 403) return caller.forbidden(headers, authorization)
  if (status === 404) return { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'http.no-ews-here' }
  if (status === 429) return { kind: 'throttled', retry: 'later' }
  // The queue in front of EWS is full: the request did not get in.
  if (status === 503) return { kind: 'throttled', retry: 'later' }
  if (status >= 300 && status < 400)
    return { kind: 'protocol', retry: 'later', messageKey: 'http.redirected' }
  if (status >= 500) return { kind: 'unavailable', retry: 'later', mayHaveHappened: true }
  return { kind: 'protocol', retry: 'later', mayHaveHappened: status < 300 }
}

function hostOf(location: string | null): string {
  return URL.parse(location ?? '')?.host ?? ''
}
