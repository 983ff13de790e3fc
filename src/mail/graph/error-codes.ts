/**
 * The one table from Graph's error codes and HTTP statuses to `MailError`. Graph's messages are texts for developers
 * that change, so nothing is decided by them, but for the two that share one code with something else.
 */
import { readTokenClaims } from '../../oauth/token-claims.ts'
import { MailError, type MailErrorFacts } from '../errors.ts'
import { retryAfterMs } from '../retry-after.ts'
import { objectOf, textOf } from './json.ts'

/** The application permissions with which Graph opens a mailbox and sends from it. */
export const graphRoles = ['Mail.ReadWrite', 'Mail.Send']

type Meaning = Omit<MailErrorFacts, 'providerCode' | 'messageValues'>

const setting = (messageKey: string): Meaning => ({ kind: 'invalid', retry: 'pause-mailbox', messageKey })
const refused = (retry: MailErrorFacts['retry'], messageKey: string): Meaning => ({
  kind: 'refused',
  retry,
  messageKey,
})
const noMailbox: Meaning = { kind: 'not-found', retry: 'pause-mailbox', messageKey: 'mailbox.unknown' }
const gone: Meaning = { kind: 'not-found', retry: 'never' }
const startOver: Meaning = { kind: 'protocol', retry: 'now' }
const throttled: Meaning = { kind: 'throttled', retry: 'later' }
const unavailable: Meaning = { kind: 'unavailable', retry: 'later' }

/** By code in lower case: Graph writes some in both ways (`syncStateNotFound`, `SyncStateNotFound`). */
const byCode: Readonly<Record<string, Meaning>> = {
  errorinvaliduser: noMailbox,
  request_resourcenotfound: noMailbox,
  errornonexistentmailbox: noMailbox,
  resourcenotfound: noMailbox,
  mailboxnotenabledforrestapi: {
    kind: 'not-found',
    retry: 'pause-mailbox',
    messageKey: 'mailbox.not-in-the-cloud',
  },
  mailboxnotsupportedforrestapi: {
    kind: 'not-found',
    retry: 'pause-mailbox',
    messageKey: 'mailbox.not-in-the-cloud',
  },

  erroritemnotfound: gone,
  errorfoldernotfound: gone,
  errorinvalidid: gone,
  errorinvalididmalformed: gone,
  errorfolderexists: { kind: 'protocol', retry: 'now' },
  errorirresolvableconflict: { kind: 'protocol', retry: 'now' },

  syncstatenotfound: startOver,
  syncstateinvalid: startOver,
  resyncrequired: startOver,

  applicationthrottled: throttled,
  toomanyrequests: throttled,
  errorserverbusy: throttled,
  activitylimitreached: throttled,

  errormailboxmoveinprogress: unavailable,
  errormailboxstoreunavailable: unavailable,
  errorinternalservertransienterror: { ...unavailable, mayHaveHappened: true },
  errorinternalservererror: { ...unavailable, mayHaveHappened: true },

  errorsendasdenied: refused('never', 'send.send-as-denied'),
  errorinvalidrecipients: refused('never', 'send.invalid-recipients'),
  errormessagesizeexceeded: refused('never', 'send.too-large'),
  errorquotaexceeded: refused('later', 'send.mailbox-full'),
  errorsubmissionquotaexceeded: refused('later', 'send.limit-reached'),
  errorexceededmessagelimit: refused('later', 'send.limit-reached'),
  errormimecontentinvalid: refused('never', 'send.invalid-mime'),
  errormimecontentinvalidbase64string: refused('never', 'send.invalid-mime'),
  errormessagesubmissionblocked: refused('pause-mailbox', 'send.account-blocked'),
  erroraccountsuspend: refused('pause-mailbox', 'send.account-blocked'),
}

export interface Refusal {
  status: number
  headers: Headers
  /** The answer's JSON; anything else reads as no code. */
  body: unknown
}

export interface RefusalContext {
  /** The token that was sent: it tells a permission that was never granted from one that does not reach this mailbox. */
  token: string
  address: string
  host: string
}

/** The error for an answer of Graph, of a call or of one request in a batch, that is no success. */
export function graphError({ status, headers, body }: Refusal, context: RefusalContext): MailError {
  const error = objectOf(objectOf(body).error)
  const code = textOf(error.code).slice(0, 100)
  const text = textOf(error.message).slice(0, 300)
  const providerCode = code === '' ? `HTTP ${status}` : code
  const wait = retryAfterMs(headers)
  return new MailError(`Graph answered ${status}${code && ` ${code}`}${text && `: ${text}`}`, {
    ...meaningOf(status, code.toLowerCase(), text, context.token),
    ...(wait === null ? {} : { retryAfterMs: wait }),
    providerCode,
    messageValues: { address: context.address, host: context.host, code: providerCode },
  })
}

function meaningOf(status: number, code: string, text: string, token: string): Meaning {
  if (status === 401) return unauthorised(text, token)
  const listed = byCode[code]
  if (listed !== undefined) return listed
  if (status === 403) return forbidden(text, token)
  // The delta token is too old, whatever code comes with it.
  if (status === 410) return startOver
  if (status === 404) return code === '' ? setting('http.no-graph-here') : gone
  if (status === 413) return refused('never', 'send.too-large')
  if (status === 429) return throttled
  if (status === 503) return unavailable
  if (status >= 500) return { ...unavailable, mayHaveHappened: true }
  if (status >= 300 && status < 400) return { kind: 'protocol', retry: 'later' }
  return { kind: 'protocol', retry: 'later', mayHaveHappened: status < 300 }
}

function unauthorised(text: string, token: string): Meaning {
  if (/audience/i.test(text)) return setting('token.wrong-audience')
  if (lacksRoles(token)) return missingRole
  return { kind: 'auth', retry: 'pause-mailbox', messageKey: 'token.refused-by-graph' }
}

function forbidden(text: string, token: string): Meaning {
  // An access policy's refusal carries the code of a missing permission; only the text differs.
  if (text.includes('RAOP'))
    return { kind: 'consent', retry: 'pause-mailbox', messageKey: 'mailbox.access-denied' }
  if (lacksRoles(token)) return missingRole
  return { kind: 'consent', retry: 'pause-mailbox', messageKey: 'mailbox.access-denied' }
}

const missingRole: Meaning = {
  kind: 'consent',
  retry: 'pause-mailbox',
  messageKey: 'consent.missing-graph-roles',
}

function lacksRoles(token: string): boolean {
  const claims = readTokenClaims(token)
  return claims !== null && !graphRoles.every((role) => claims.roles.includes(role))
}
