import type { SmtpEntry } from '../exchange/enter-by-token.ts'
import type { MailRefused } from '../mail/mail-refused.ts'

/** The words of Exchange Online's submission server. */

export const SERVER = 'AM0PR0102CA0042.outlook.office365.com'
const HOST = 'AM0PR0102CA0042.EURPRD01.PROD.EXCHANGELABS.COM'
const DISABLED = (where: string) =>
  `535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the ${where}. Visit https://aka.ms/smtp_auth_disabled for more information. [${HOST}]`

/** Why a login failed. */
export const loginReplies: Record<Extract<SmtpEntry, string>, string> = {
  refused: `535 5.7.3 Authentication unsuccessful [${HOST}]`,
  'disabled-for-tenant': DISABLED('Tenant'),
  'disabled-for-mailbox': DISABLED('Mailbox'),
  'too-many-connections': `432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. [Hostname=${HOST}]`,
}

export const replies = {
  greeting: (now: number) =>
    `220 ${SERVER} Microsoft ESMTP MAIL Service ready at ${new Date(now).toUTCString()}`,
  loggedIn: '235 2.7.0 Authentication successful',
  basicRefused: '550 5.7.30 Basic authentication is not supported for Client Submission.',
  needsLogin: `530 5.7.57 Client not authenticated to send mail. [${HOST}]`,
  needsTls: '451 5.7.3 STARTTLS is required to send mail',
  badSequence: '503 5.5.1 Bad sequence of commands',
  badArguments: '501 5.5.4 Invalid arguments',
  badAddress: '501 5.1.7 Invalid address',
  unknown: '500 5.3.3 Unrecognized command',
  lineTooLong: '500 5.5.1 Line too long',
  unknownMechanism: '504 5.7.4 Unrecognized authentication type',
  notSender: '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
  tooLarge: '552 5.3.4 Message size exceeds fixed maximum message size',
  tooManyRecipients: '452 4.5.3 Too many recipients',
  timeout: '451 4.7.0 Timeout waiting for client input',
  accepted: (messageId: string) => `250 2.0.0 OK ${messageId} [Hostname=${HOST}]`,
}

const PERMANENT = 'Failed to process message due to a permanent exception with message'

/** Why a message was not taken: what Exchange's store says, in the words of its submission. */
export function replyOfRefusal({ code, message }: MailRefused): string {
  const known: Record<string, string> = {
    ErrorSendAsDenied: `554 5.2.252 SendAsDenied; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; ${PERMANENT} Cannot submit message. [Hostname=${HOST}]`,
    ErrorSubmissionQuotaExceeded: `554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; ${PERMANENT} Cannot submit message. [Hostname=${HOST}]`,
    ErrorQuotaExceeded: `554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionQuotaExceeded; ${PERMANENT} Cannot submit message. [Hostname=${HOST}]`,
    ErrorMessageSizeExceeded: replies.tooLarge,
    ErrorInvalidRecipients: '501 5.1.3 Invalid address',
  }
  return known[code] ?? `554 5.6.0 ${message}`
}
