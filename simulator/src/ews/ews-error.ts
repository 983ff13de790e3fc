/** One thing of a request failed: becomes a response message, or a SOAP fault when it concerns the whole request. */
export class EwsError extends Error {
  readonly code: string
  /** What `MessageXml` holds, by name. */
  readonly values: Record<string, string>
  constructor(code: string, values: Record<string, string> = {}, text = texts[code]) {
    super(text ?? `The request failed: ${code}.`)
    this.code = code
    this.values = values
  }
}

/** Exchange's English texts; they are localised in reality, and only the code counts. */
const texts: Record<string, string> = {
  ErrorAccessDenied: 'Access is denied. Check credentials and try again.',
  ErrorBatchProcessingStopped:
    'Processing of the batch was stopped, because the budget ended or an item failed.',
  ErrorChangeKeyRequired: 'The change key is required for this operation.',
  ErrorChangeKeyRequiredForWriteOperations:
    'Change key is required for this operation. Please see EWS documentation for additional details.',
  ErrorExceededConnectionCount: 'You have exceeded the available concurrent connections for your account.',
  ErrorExceededSubscriptionCount: 'You have exceeded the number of subscriptions for your account.',
  ErrorFolderExists: 'A folder with the specified name already exists.',
  ErrorFolderNotFound: 'The specified folder could not be found in the store.',
  ErrorImpersonateUserDenied: 'The account does not have permission to impersonate the requested user.',
  ErrorInternalServerError: 'An internal server error occurred. The operation failed.',
  ErrorInvalidExchangeImpersonationHeaderData:
    'ExchangeImpersonation SOAP header must be present for this type of OAuth token.',
  ErrorInvalidExtendedProperty: 'The extended property attribute combination is invalid.',
  ErrorInvalidIdMalformed: 'Id is malformed.',
  ErrorInvalidPropertyForOperation: 'The property is not valid for this operation.',
  ErrorInvalidPropertySet: 'Set action is invalid for property.',
  ErrorInvalidRecipients: "At least one recipient is not valid., At least one recipient isn't valid.",
  ErrorInvalidRequest: 'The request is invalid.',
  ErrorInvalidServerVersion: 'The specified server version is invalid.',
  ErrorInvalidSyncStateData: 'Synchronization state data is corrupt or otherwise invalid.',
  ErrorIrresolvableConflict:
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  ErrorItemNotFound:
    'The specified object was not found in the store., The process failed to get the correct properties.',
  ErrorMessageDispositionRequired: 'The message disposition is required for this request.',
  ErrorMessageSizeExceeded: 'The message exceeds the maximum supported size.',
  ErrorMimeContentInvalid: 'The MIME content is not valid.',
  ErrorMimeContentInvalidBase64String: 'Invalid MIME content. The base64 string is not valid.',
  ErrorNameResolutionMultipleResults: 'Multiple results were found.',
  ErrorNameResolutionNoResults: 'No results were found.',
  ErrorNewEventStreamConnectionOpened: 'Another connection was opened against this subscription.',
  ErrorNonExistentMailbox: 'The SMTP address has no mailbox associated with it.',
  ErrorNonPrimarySmtpAddress: 'The SMTP address specified is not the primary address.',
  ErrorQuotaExceeded: 'The mailbox has exceeded its quota.',
  ErrorSendAsDenied:
    'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.',
  ErrorServerBusy: 'The server cannot service this request right now. Try again later.',
  ErrorStaleObject: 'The object that was updated is stale.',
  ErrorSubmissionQuotaExceeded: 'The sending quota of the mailbox is used up.',
  ErrorSubscriptionNotFound: 'Unable to retrieve events for one or more subscriptions.',
  ErrorSyncFolderNotFound: 'The folder to be synchronized could not be found.',
  ErrorToFolderNotFound: 'The destination folder could not be found.',
  ErrorUnsupportedPathForQuery: 'The property can not be used with this type of restriction.',
  ErrorUnsupportedPathForSortGroup: 'The property can not be used for sorting or grouping.',
}
