/**
 * What undici and Node throw when a call did not come back, as `MailError`. A network that fails says nothing about
 * credentials, so the kind is never `auth`: an outage must not send an administrator after a good secret.
 */
import { HttpAnswerTooLarge, PlainHttpRefused } from '../lib/http-client.ts'
import { ProxyFailed, type ProxyProblem } from '../lib/open-tunnel.ts'
import { MailError } from './errors.ts'

/** Failures that come before the first byte of the request is written: what was asked has certainly not happened. */
const beforeTheRequest = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Node's codes for a certificate that is not trusted or belongs to another host (OpenSSL's X509_V_ERR_*). */
const certificateCode =
  /^(CERT_|ERR_TLS_CERT|UNABLE_TO_(GET|VERIFY)|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH)/

/** What is said of a certificate that comes from a known authority all the same. */
const certificateText: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'network.expired-certificate',
  CERT_NOT_YET_VALID: 'network.early-certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'network.certificate-of-another',
  HOSTNAME_MISMATCH: 'network.certificate-of-another',
}

const proxyText: Readonly<Record<ProxyProblem, string>> = {
  'no-answer': 'network.proxy-no-answer',
  'sign-in': 'network.proxy-sign-in',
  refused: 'network.proxy-refused',
}

/**
 * Turns a failed HTTP call into a `MailError` of kind `unavailable` (or `protocol` and `invalid` where the call itself
 * was at fault). `host` is named in the message. `isHarmless` says that nothing is in doubt whatever became of the call.
 */
export function networkError(error: unknown, host: string, { isHarmless = false } = {}): MailError {
  if (error instanceof MailError) return error
  const code = codeOf(error)
  const facts = { providerCode: code, messageValues: { host, code }, cause: error }
  if (error instanceof ProxyFailed) {
    return new MailError(error.message, {
      ...facts,
      kind: 'unavailable',
      retry: 'later',
      messageKey: proxyText[error.problem],
      messageValues: { host, proxy: error.proxy, code },
    })
  }
  if (error instanceof PlainHttpRefused) {
    const message = `${host} would be called without TLS`
    return new MailError(message, {
      ...facts,
      kind: 'invalid',
      retry: 'pause-mailbox',
      messageKey: 'network.plain-http',
    })
  }
  if (error instanceof HttpAnswerTooLarge) {
    const message = `${host} answered more than is read`
    return new MailError(message, {
      ...facts,
      kind: 'protocol',
      retry: 'later',
      providerCode: 'answer-too-large',
      mayHaveHappened: !isHarmless,
    })
  }
  if (certificateCode.test(code)) {
    const message = `The certificate of ${host} is not trusted (${code})`
    return new MailError(message, {
      ...facts,
      kind: 'unavailable',
      retry: 'later',
      messageKey: certificateText[code] ?? 'network.untrusted-certificate',
    })
  }
  return new MailError(`${host} did not answer (${code})`, {
    ...facts,
    kind: 'unavailable',
    retry: 'later',
    messageKey: code === 'ENOTFOUND' ? 'network.unknown-host' : 'network.no-answer',
    mayHaveHappened: !isHarmless && !beforeTheRequest.has(code),
  })
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { code, cause } = error as NodeJS.ErrnoException
  // A DOMException of AbortSignal has a number as code; its name says more.
  if (typeof code === 'string') return code
  return cause instanceof Error ? codeOf(cause) : error.name
}
