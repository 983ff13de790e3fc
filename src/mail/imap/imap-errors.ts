/** What an IMAP server's refusals and failing connections mean, as `MailError`. */
import type { ImapFlowError } from 'imapflow'
import { MailError, type MailErrorFacts } from '../errors.ts'
import { networkError } from '../network-error.ts'
import { boundWait } from '../retry-after.ts'

type Meaning = Pick<MailErrorFacts, 'kind' | 'retry' | 'messageKey'>

/** Whose failure it is, for the texts. */
export interface ImapContext {
  host: string
  address: string
  usesPassword: boolean
}

const unavailable: Meaning = { kind: 'unavailable', retry: 'later', messageKey: 'imap.unavailable' }
const crowded: Meaning = { kind: 'throttled', retry: 'later', messageKey: 'imap.too-many-connections' }
const notAllowed: Meaning = { kind: 'consent', retry: 'pause-mailbox', messageKey: 'imap.not-allowed' }
const gone: Meaning = { kind: 'not-found', retry: 'later', messageKey: 'imap.no-folder' }
const refused: Meaning = { kind: 'refused', retry: 'later', messageKey: 'imap.refused' }

/** Response codes of RFC 5530 (RFC 9051, 7.1), which every server uses in the same sense. */
const responseCodes: Readonly<Record<string, Meaning>> = {
  UNAVAILABLE: unavailable,
  SERVERBUG: unavailable,
  INUSE: unavailable,
  LIMIT: crowded,
  AUTHORIZATIONFAILED: notAllowed,
  NOPERM: notAllowed,
  CONTACTADMIN: { kind: 'blocked-by-policy', retry: 'pause-mailbox', messageKey: 'imap.contact-admin' },
  PRIVACYREQUIRED: { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'imap.login-disabled' },
  OVERQUOTA: { kind: 'refused', retry: 'later', messageKey: 'send.mailbox-full' },
  TRYCREATE: gone,
  NONEXISTENT: gone,
  // The answer was made while somebody else deleted messages; asked again it is whole.
  EXPUNGEISSUED: { kind: 'protocol', retry: 'now' },
}

/** What Exchange says after a good token when the mailbox stays shut (reference 4.1). */
const notConnected = /authenticated but not connected/i

/** Connections are counted, in many words and under several codes. */
const tooMany = /too many|connections? .*(limit|exceeded)|(limit|maximum number) .*connections?/i

/** imapflow has no code for these; they are its own words, of the pinned version. */
const own: Readonly<Record<string, Meaning>> = {
  'Login is disabled': {
    kind: 'blocked-by-policy',
    retry: 'pause-mailbox',
    messageKey: 'imap.login-disabled',
  },
  'Unsupported authentication mechanism': {
    kind: 'invalid',
    retry: 'pause-mailbox',
    messageKey: 'imap.no-oauth',
  },
}

/**
 * The error for what imapflow threw. Its own error is not kept as the cause: it holds the command, and with it a
 * Message-ID, which holds a reply token.
 */
export function imapError(thrown: unknown, context: ImapContext): MailError {
  if (thrown instanceof MailError) return thrown
  const error = thrown as ImapFlowError
  const text = wordsOf(error)
  const meaning = meaningOf(error, text, context)
  if (meaning === null) {
    return networkError(Object.assign(new Error(error.message), { code: error.code }), context.host)
  }
  // imapflow has waited for a part of it by now.
  const wait = boundWait((error.throttleReset ?? Number.NaN) - (error.throttleWaited ?? 0))
  const code = error.serverResponseCode ?? error.responseStatus ?? error.code ?? 'IMAP'
  const { host, address } = context
  return new MailError(`${host} refused over IMAP: ${text || error.message}`, {
    ...meaning,
    ...(wait === null ? {} : { retryAfterMs: wait }),
    providerCode: code,
    messageValues: { host, address, answer: text || code },
  })
}

/** Null when the server said nothing: the connection failed. */
function meaningOf(error: ImapFlowError, text: string, { usesPassword }: ImapContext): Meaning | null {
  const listed = own[error.message] ?? responseCodes[error.serverResponseCode ?? '']
  if (notConnected.test(text)) {
    return { kind: 'consent', retry: 'pause-mailbox', messageKey: 'imap.not-connected' }
  }
  if (error.code === 'ETHROTTLE') return { kind: 'throttled', retry: 'later' }
  if (tooMany.test(text)) return crowded
  if (error.mailboxMissing) return gone
  if (listed !== undefined) return listed
  if (error.authenticationFailed) {
    const messageKey = usesPassword ? 'imap.password-refused' : 'imap.token-refused'
    return { kind: 'auth', retry: 'pause-mailbox', messageKey }
  }
  // A failed handshake has a code of its own, above all for the certificate.
  if (error.tlsFailed && error.code === undefined) {
    return { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'network.no-starttls' }
  }
  if (error.responseStatus !== undefined) return refused
  return text === '' ? null : unavailable
}

/** The server's own words: of a refused command, or of the BYE with which it ended the connection. */
function wordsOf({ responseText, response, reason, code }: ImapFlowError): string {
  // Node gives a reason, too, to a certificate of another server.
  const goodbye = code?.startsWith('ERR_TLS_') ? undefined : reason
  const words = responseText ?? (typeof response === 'string' ? response : undefined) ?? goodbye ?? ''
  return words.slice(0, 300)
}

/** A refusal of what was asked, as against a mailbox or a connection that fails: less or another thing may pass. */
export function isRefusal({ kind }: MailError): boolean {
  return kind === 'refused' || kind === 'not-found'
}
