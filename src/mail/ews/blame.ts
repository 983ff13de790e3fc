import { MailError } from '../errors.ts'

/** What a failure is put down to, which says what is done about the rest of a batch. */
export type Blame =
  /** The item's own, whatever stands beside it. */
  | 'item'
  /** The mailbox's or the network's: the next item would meet it too. */
  | 'mailbox'
  /** One or the other; Exchange uses the code for both. */
  | 'unclear'
  /** There was too much in one call: a smaller one may do. */
  | 'size'
  /** Nobody waited long enough. A smaller call may do, but not at once: Exchange may be still at work. */
  | 'time'
  /** Exchange did not get to it. */
  | 'not-tried'

const byCode = new Map<string, Blame>(
  Object.entries({
    ErrorBatchProcessingStopped: 'not-tried',
    ErrorTimeoutExpired: 'size',
    // Beyond our bounds, as a few mails with very many headers can bring about.
    'unreadable-answer': 'size',
    'answer-too-large': 'size',
    'HTTP 413': 'size',
    // A damaged item; but also a server that is ill.
    ErrorInternalServerError: 'unclear',
    // A protected item; but also an application that may not open the mailbox.
    ErrorAccessDenied: 'unclear',
    TimeoutError: 'time',
    UND_ERR_HEADERS_TIMEOUT: 'time',
    UND_ERR_BODY_TIMEOUT: 'time',
    'HTTP 408': 'time',
    'HTTP 504': 'time',
  }),
)

export function blameFor({ kind, retry, providerCode }: MailError): Blame {
  const listed = byCode.get(providerCode)
  if (listed !== undefined) return listed
  const ofTheMailbox = kind === 'throttled' || kind === 'unavailable' || retry === 'pause-mailbox'
  return ofTheMailbox ? 'mailbox' : 'item'
}

/**
 * A failure of unclear blame, once it is known that the mailbox answers otherwise: it uses up an attempt of the one
 * message and holds up no other.
 */
export function itemError(error: MailError): MailError {
  return new MailError(`One message alone: ${error.message}`, {
    kind: 'refused',
    retry: 'later',
    providerCode: error.providerCode,
    messageKey: 'item.refused',
    messageValues: { code: error.providerCode },
    mayHaveHappened: error.mayHaveHappened,
    cause: error,
  })
}
