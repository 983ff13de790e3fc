/**
 * The one table from Exchange's ResponseCode (`m:ResponseCodeType` of messages.xsd) to `MailError`. The texts that come
 * with a code are translated by the server, so nothing is decided by them.
 */
import { MailError, type MailErrorKind, type Retry } from '../errors.ts'
import { boundWait } from '../retry-after.ts'
import { child, children, textAt, type XmlElement } from './xml-element.ts'

interface Meaning {
  kind: MailErrorKind
  retry: Retry
  messageKey?: string
  mayHaveHappened?: boolean
}

const consent = (messageKey: string): Meaning => ({ kind: 'consent', retry: 'pause-mailbox', messageKey })
const setting = (messageKey: string): Meaning => ({ kind: 'invalid', retry: 'pause-mailbox', messageKey })
const request: Meaning = { kind: 'invalid', retry: 'never' }
const throttled: Meaning = { kind: 'throttled', retry: 'later' }
const gone: Meaning = { kind: 'not-found', retry: 'never' }
const conflict: Meaning = { kind: 'protocol', retry: 'now' }
const startOver: Meaning = { kind: 'protocol', retry: 'now' }
const refused = (retry: Retry, messageKey: string): Meaning => ({ kind: 'refused', retry, messageKey })
/** The mailbox cannot be reached behind Exchange's front door: nothing was begun. */
const unavailable: Meaning = { kind: 'unavailable', retry: 'later' }
/** Exchange gave up in the middle: what was asked may be done. */
const interrupted: Meaning = { kind: 'unavailable', retry: 'later', mayHaveHappened: true }

export const meanings: Readonly<Record<string, Meaning>> = {
  ErrorAccessDenied: consent('mailbox.access-denied'),
  ErrorImpersonateUserDenied: consent('mailbox.impersonation-denied'),
  ErrorImpersonationDenied: consent('mailbox.impersonation-denied'),
  ErrorImpersonationFailed: consent('mailbox.impersonation-denied'),
  ErrorNonExistentMailbox: { kind: 'not-found', retry: 'pause-mailbox', messageKey: 'mailbox.unknown' },
  ErrorMissingInformationEmailAddress: setting('mailbox.unknown'),
  ErrorInvalidSmtpAddress: setting('mailbox.unknown'),
  ErrorNonPrimarySmtpAddress: setting('mailbox.not-primary'),
  ErrorInvalidExchangeImpersonationHeaderData: request,

  ErrorServerBusy: throttled,
  ErrorExceededConnectionCount: throttled,
  ErrorExceededSubscriptionCount: throttled,
  ErrorExceededFindCountLimit: throttled,
  ErrorTooManyObjectsOpened: throttled,
  ErrorInsufficientResources: throttled,

  ErrorADUnavailable: unavailable,
  ErrorMailboxStoreUnavailable: unavailable,
  ErrorMailboxMoveInProgress: unavailable,
  ErrorBatchProcessingStopped: { kind: 'unavailable', retry: 'now' },
  ErrorConnectionFailed: interrupted,
  ErrorMailboxFailover: interrupted,
  ErrorInternalServerTransientError: interrupted,
  ErrorInternalServerError: interrupted,
  ErrorTimeoutExpired: interrupted,

  ErrorItemNotFound: gone,
  ErrorFolderNotFound: gone,
  ErrorToFolderNotFound: gone,
  ErrorSyncFolderNotFound: gone,
  ErrorInvalidId: gone,
  ErrorInvalidIdEmpty: gone,
  ErrorInvalidIdMalformed: gone,

  ErrorIrresolvableConflict: conflict,
  ErrorStaleObject: conflict,
  ErrorChangeKeyRequired: conflict,
  ErrorChangeKeyRequiredForWriteOperations: conflict,
  ErrorFolderExists: conflict,

  ErrorInvalidSyncStateData: startOver,
  ErrorSubscriptionNotFound: startOver,
  ErrorExpiredSubscription: startOver,
  ErrorInvalidSubscription: startOver,
  ErrorMissedNotificationEvents: startOver,
  ErrorNewEventStreamConnectionOpened: startOver,

  ErrorQuotaExceeded: refused('later', 'send.mailbox-full'),
  // A limit of the account, by the day: no fault of the mail, which waits for as long as it lasts.
  ErrorSubmissionQuotaExceeded: { ...throttled, messageKey: 'send.limit-reached' },
  ErrorExceededMessageLimit: { ...throttled, messageKey: 'send.limit-reached' },
  ErrorMessageSizeExceeded: refused('never', 'send.too-large'),
  ErrorSendAsDenied: refused('never', 'send.send-as-denied'),
  ErrorInvalidRecipients: refused('never', 'send.invalid-recipients'),
  ErrorMimeContentInvalid: refused('never', 'send.invalid-mime'),
  ErrorMimeContentInvalidBase64String: refused('never', 'send.invalid-mime'),
  ErrorMimeContentConversionFailed: { kind: 'refused', retry: 'never' },
  ErrorCorruptData: refused('never', 'receive.damaged'),
  // The account's sending is switched off: giving up mail after mail would lose them all.
  ErrorMessageSubmissionBlocked: refused('pause-mailbox', 'send.account-blocked'),
  ErrorAccountSuspend: refused('pause-mailbox', 'send.account-blocked'),

  ErrorSchemaValidation: request,
  ErrorInvalidServerVersion: setting('exchange-server.too-old'),
  ErrorInvalidRequest: request,
  ErrorMessageDispositionRequired: request,
}

/** A code that is not in the table: nothing is known of it, not even whether the work was done. */
const unlisted: Meaning = { kind: 'protocol', retry: 'later', mayHaveHappened: true }

/**
 * The error for a ResponseCode. `element` is what holds it, a response message or a fault's detail: its
 * BackOffMilliseconds becomes `retryAfterMs`, or `headerWaitMs` in its absence. `address` is the mailbox, for the text.
 */
export function responseCodeError(
  code: string,
  element: XmlElement | undefined,
  address: string,
  headerWaitMs: number | null = null,
): MailError {
  // The code is the server's: `constructor` is none of ours.
  const meaning = (Object.hasOwn(meanings, code) ? meanings[code] : undefined) ?? unlisted
  const wait = backOff(element) ?? headerWaitMs
  const text = (textAt(element, 'MessageText') || textAt(element, 'Message')).slice(0, 300)
  return new MailError(`Exchange answered ${code}${text === '' ? '' : `: ${text}`}`, {
    ...meaning,
    ...(wait === null ? {} : { retryAfterMs: wait }),
    providerCode: code,
    messageValues: { address, code },
  })
}

function backOff(element: XmlElement | undefined): number | null {
  const values = children(child(element, 'MessageXml'), 'Value')
  const value = values.find(({ attributes }) => attributes.Name === 'BackOffMilliseconds')
  return value === undefined ? null : boundWait(Number.parseInt(value.text, 10))
}
