/** What an SMTP server's replies and failing connections mean, as `MailError`. */
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import { MailError, type MailErrorFacts } from '../errors.ts'
import { networkError } from '../network-error.ts'

type Meaning = Pick<MailErrorFacts, 'kind' | 'retry' | 'messageKey'>

/** Whose failure it is, for the texts. */
export interface SmtpContext {
  host: string
  address: string
  usesPassword: boolean
}

const later: Meaning = { kind: 'unavailable', retry: 'later', messageKey: 'smtp.later' }
const notNow: Meaning = { kind: 'refused', retry: 'later', messageKey: 'smtp.not-now' }
const refused: Meaning = { kind: 'refused', retry: 'never', messageKey: 'smtp.refused' }
const busy: Meaning = { kind: 'throttled', retry: 'later', messageKey: 'smtp.busy' }
const sendAsDenied: Meaning = { kind: 'refused', retry: 'never', messageKey: 'send.send-as-denied' }
const limitReached: Meaning = { kind: 'refused', retry: 'later', messageKey: 'send.limit-reached' }
const blocked = (messageKey: string): Meaning => ({
  kind: 'blocked-by-policy',
  retry: 'pause-mailbox',
  messageKey,
})
const unknownRecipient: Meaning = { kind: 'refused', retry: 'never', messageKey: 'send.invalid-recipients' }
const tooLarge: Meaning = { kind: 'refused', retry: 'never', messageKey: 'send.too-large' }

/**
 * By reply code and enhanced status code (RFC 3463), the more exact line first; the words beside them vary. Exchange's
 * are in the reference, 1.4 and 4.1.
 */
const replies: readonly [RegExp, Meaning][] = [
  [/^432 4\.3\.2\b/, busy],
  [/^4\d\d 4\.7\.(500|501|502|1)\b/, busy],
  [/^421\b/, later],
  [/^45[24] 4\.[23]\.[12]\b/, { kind: 'refused', retry: 'later', messageKey: 'send.mailbox-full' }],
  [/^4/, notNow],
  [/^535 5\.7\.139\b/, blocked('smtp.auth-disabled')],
  [/^5\d\d 5\.7\.30\b/, blocked('smtp.basic-refused')],
  [/^5(50|54) 5\.7\.60\b/, sendAsDenied],
  [/^554 5\.2\.252\b/, sendAsDenied],
  [
    /^5\d\d 5\.7\.(501|502|503|705|708)\b/,
    { kind: 'refused', retry: 'pause-mailbox', messageKey: 'send.account-blocked' },
  ],
  [/^554 5\.2\.0\b.*STOREDRV\.Submission/, limitReached],
  [/^55[24] 5\.2\.2\b/, { kind: 'refused', retry: 'later', messageKey: 'send.mailbox-full' }],
  [/^55[24] 5\.(3\.4|2\.3)\b/, tooLarge],
  [/^552\b(?! 5\.[^23])/, tooLarge],
  [/^550 5\.1\.8\b/, { kind: 'refused', retry: 'pause-mailbox', messageKey: 'send.account-blocked' }],
  [/^55\d 5\.1\.\d/, unknownRecipient],
  [/^5/, refused],
]

/**
 * The error for what nodemailer gave. Its own error is not kept as the cause: nothing is known of what it holds.
 * `mayHaveHappened` is for the caller to know, who saw how far the message went.
 */
export function smtpError(thrown: unknown, context: SmtpContext, mayHaveHappened = false): MailError {
  if (thrown instanceof MailError) return thrown
  const error = thrown as SMTPConnection.SMTPError & { originalCode?: string }
  const reply = oneLine(error.response ?? '')
  const { host, address } = context
  const meaning = meaningOf(error, reply, context)
  if (meaning === null) {
    const code = certificateCode(error) ?? error.originalCode ?? error.code
    const plain = Object.assign(new Error(error.message), { code })
    return withOutcome(networkError(plain, host), mayHaveHappened)
  }
  return new MailError(`${host} refused over SMTP: ${reply || error.message}`, {
    ...meaning,
    providerCode: /^\d{3}( \d\.\d{1,3}\.\d{1,3})?/.exec(reply)?.[0] ?? error.code ?? 'SMTP',
    messageValues: { host, address, answer: reply || error.message },
    mayHaveHappened,
  })
}

/** Null when the server said nothing: the connection failed. */
function meaningOf(
  { code, command }: SMTPConnection.SMTPError,
  reply: string,
  { usesPassword }: SmtpContext,
): Meaning | null {
  // Refused by nodemailer itself, which read the limit in the server's greeting (SIZE, RFC 1870).
  if (reply === '' && code === 'EMESSAGE' && command === 'MAIL FROM') return tooLarge
  if (code === 'EENVELOPE' && reply === '') return unknownRecipient
  if (command === 'STARTTLS' && reply !== '') return noStartTls
  if (code === 'EAUTH' && (reply === '' || /^5/.test(reply))) {
    const listed = replies.find(([pattern]) => pattern.test(reply))?.[1]
    if (listed?.kind === 'blocked-by-policy') return listed
    const messageKey = usesPassword ? 'smtp.password-refused' : 'smtp.token-refused'
    return { kind: 'auth', retry: 'pause-mailbox', messageKey }
  }
  // A temporary failure to sign in is about the mailbox, and no message's own.
  if (code === 'EAUTH' || command === 'CONN' || command === 'EHLO') {
    const listed = replies.find(([pattern]) => pattern.test(reply))?.[1]
    return reply === '' ? null : listed === busy ? busy : later
  }
  return replies.find(([pattern]) => pattern.test(reply))?.[1] ?? null
}

const noStartTls: Meaning = { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'network.no-starttls' }

/** After STARTTLS nodemailer keeps OpenSSL's words of a certificate, but not its code; undefined for another failure. */
function certificateCode({ code, message }: SMTPConnection.SMTPError): string | undefined {
  if (code !== 'ETLS' || !/certificate/i.test(message)) return undefined
  if (/has expired/i.test(message)) return 'CERT_HAS_EXPIRED'
  if (/altnames/i.test(message)) return 'ERR_TLS_CERT_ALTNAME_INVALID'
  return 'CERT_UNTRUSTED'
}

function withOutcome(error: MailError, mayHaveHappened: boolean): MailError {
  const { kind, retry, providerCode, messageKey, messageValues } = error
  return new MailError(error.message, {
    kind,
    retry,
    providerCode,
    ...(messageKey === null ? {} : { messageKey }),
    messageValues,
    mayHaveHappened,
  })
}

/** A reply may have several lines, each with the code before it (RFC 5321, 4.2.1). */
function oneLine(reply: string): string {
  return reply
    .replace(/\s*\r?\n\d{3}[- ](\d\.\d{1,3}\.\d{1,3} )?/g, ' ')
    .slice(0, 300)
    .trim()
    .replace(/^(\d{3})-/, '$1 ')
}
