/**
 * The one error that mailbox adapters throw or hand back. Each adapter maps its provider's codes to it in one table.
 */

export type MailErrorKind =
  /** The credential was refused. */
  | 'auth'
  /** The credential is good, the permission or the administrator's consent is missing. */
  | 'consent'
  /** The tenant switched this road off (EWS policy, SMTP AUTH …). */
  | 'blocked-by-policy'
  | 'throttled'
  /** The network, the service or the mailbox store did not answer. */
  | 'unavailable'
  | 'not-found'
  /** This message was refused (size, recipients, Send As). */
  | 'refused'
  /** A setting or a request of ours is wrong. */
  | 'invalid'
  /** The answer was not what the protocol promises. */
  | 'protocol'

/** What the caller should do. Retrying happens in the job layer only. */
export type Retry = 'now' | 'later' | 'pause-mailbox' | 'never'

export interface MailErrorFacts {
  kind: MailErrorKind
  retry: Retry
  /** The provider's own word on how long to wait, in milliseconds. */
  retryAfterMs?: number
  /** The provider's code: `ErrorServerBusy`, `AADSTS7000215`, `ECONNREFUSED` … */
  providerCode: string
  /** Key under `mail-errors` in the catalogue, when there is a more exact text than `kind.<kind>`. */
  messageKey?: string
  /** Values for that text; never a credential. */
  messageValues?: Record<string, string>
  /** Whether the provider may have done what was asked all the same: a cut connection, a time-out. */
  mayHaveHappened?: boolean
  cause?: unknown
}

export class MailError extends Error {
  readonly kind: MailErrorKind
  readonly retry: Retry
  readonly retryAfterMs: number | null
  readonly providerCode: string
  readonly messageKey: string | null
  readonly messageValues: Record<string, string>
  readonly mayHaveHappened: boolean

  constructor(message: string, facts: MailErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = 'MailError'
    this.kind = facts.kind
    this.retry = facts.retry
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.providerCode = facts.providerCode
    this.messageKey = facts.messageKey ?? null
    this.messageValues = facts.messageValues ?? {}
    this.mayHaveHappened = facts.mayHaveHappened ?? false
  }
}

/** What is kept of a failure with the message that it befell, so that it can be told in any language later. */
export function toFailure({ providerCode, message, kind, messageKey, messageValues }: MailError) {
  return { code: providerCode, message, kind, messageKey, messageValues }
}

/**
 * Whether a failure is a matter of the one message and not of its mailbox, and so uses up one of its attempts.
 * Throttling, an outage or an expired secret is no fault of a message: it waits as long as they last.
 */
export function isAboutOneMessage({ kind, retry }: MailError): boolean {
  return retry !== 'pause-mailbox' && ['refused', 'invalid', 'protocol', 'not-found'].includes(kind)
}
