/**
 * What Entra ID means when it gives no token. Decided by `error_codes[0]` alone, never by the text, which is
 * rewritten and translated. Source: "Microsoft Entra authentication and authorization error codes" (Microsoft Learn).
 */
import { X509Certificate } from 'node:crypto'
import { MailError, type MailErrorKind, type Retry } from '../mail/errors.ts'
import { retryAfterMs } from '../mail/retry-after.ts'
import type { ClientCredential } from './client-credential.ts'

interface TokenAnswer {
  status: number
  headers: Headers
  /** The answer's text; an error answer is JSON (RFC 6749 5.2). */
  body: string
}

/** What the refusal is judged by besides the answer. */
export interface TokenRequestFacts {
  /** When the answer came, by our clock. */
  now: Date
  /** What the application proved itself by; of a secret only its shape is looked at. */
  credential: ClientCredential
}

type Diagnosis = readonly [kind: MailErrorKind, retry: Retry, messageKey: string]

const paused = (kind: MailErrorKind, messageKey: string): Diagnosis => [kind, 'pause-mailbox', messageKey]

const throttled: Diagnosis = ['throttled', 'later', 'token.throttled']
const unavailable: Diagnosis = ['unavailable', 'later', 'token.unavailable']

/** By OAuth's own word, for numbers that are not known here: these two pass by themselves (RFC 6749 4.1.2.1). */
const transient = new Set(['temporarily_unavailable', 'server_error'])

/** By number of the AADSTS code. */
const diagnoses: Readonly<Record<string, Diagnosis>> = {
  '7000215': paused('auth', 'token.wrong-secret'),
  '7000222': paused('auth', 'token.expired-secret'),
  '700016': paused('auth', 'token.unknown-application'),
  '7000229': paused('auth', 'token.no-service-principal'),
  '7000112': paused('auth', 'token.disabled-application'),
  '90002': paused('invalid', 'token.unknown-tenant'),
  '900021': paused('invalid', 'token.unknown-tenant'),
  '900023': paused('invalid', 'token.malformed-tenant'),
  '70011': paused('invalid', 'token.wrong-scope'),
  '1002012': paused('invalid', 'token.scope-not-default'),
  '500011': paused('invalid', 'token.unknown-resource'),
  '650057': paused('invalid', 'token.unknown-resource'),
  '900144': paused('invalid', 'token.missing-parameter'),
  '7000218': paused('invalid', 'token.missing-parameter'),
  '7000216': paused('invalid', 'token.missing-parameter'),
  '9000411': paused('invalid', 'token.missing-parameter'),
  '70003': paused('invalid', 'token.missing-parameter'),
  '700027': paused('auth', 'token.wrong-certificate'),
  '700024': paused('auth', 'token.clock'),
  '700023': paused('invalid', 'token.wrong-assertion-audience'),
  '65001': paused('consent', 'token.no-consent'),
  '53003': paused('blocked-by-policy', 'token.conditional-access'),
  '90033': unavailable,
  '90055': throttled,
  '50196': throttled,
}

/** How the form of a secret's id looks; no secret value that Entra makes is one. */
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Reads a refusal of the token endpoint. Never holds a credential: only the code, the trace id and the time stamp of
 * the answer are kept, because a description may echo what was sent.
 */
export function diagnoseTokenError(answer: TokenAnswer, facts: TokenRequestFacts): MailError {
  const { code, error, traceId } = readRefusal(answer.body)
  const diagnosis = diagnoses[code] ?? (transient.has(error) ? unavailable : byStatus(answer.status))
  const [kind, retry] = diagnosis
  const providerCode = code === '' ? `HTTP ${answer.status}` : `AADSTS${code}`
  const wait = retryAfterMs(answer.headers)
  return new MailError(`No access token: ${providerCode}${traceId === '' ? '' : ` (trace id ${traceId})`}`, {
    kind,
    retry,
    ...(wait === null ? {} : { retryAfterMs: wait }),
    providerCode,
    ...exactText(diagnosis, answer, facts, providerCode),
  })
}

interface Text {
  messageKey: string
  messageValues: Record<string, string>
}

/** Where what we know beside the code says more than the code alone. */
function exactText(
  [, , messageKey]: Diagnosis,
  answer: TokenAnswer,
  { now, credential }: TokenRequestFacts,
  code: string,
): Text {
  if ('certificate' in credential) {
    const text = textForCertificate(messageKey, new X509Certificate(credential.certificate), now, code)
    if (text !== null) return text
  } else if (messageKey === 'token.wrong-secret' && guid.test(credential.clientSecret.trim())) {
    return { messageKey: 'token.secret-id', messageValues: { code } }
  }
  const theirs = Date.parse(answer.headers.get('date') ?? '')
  if (messageKey === 'token.clock' && !Number.isNaN(theirs)) {
    const values = { code, ours: now.toISOString(), theirs: new Date(theirs).toISOString() }
    return { messageKey: 'token.clocks-differ', messageValues: values }
  }
  return { messageKey, messageValues: { code } }
}

/** What is not the same for an application with a certificate as for one with a secret. */
function textForCertificate(
  messageKey: string,
  { validToDate, fingerprint }: X509Certificate,
  now: Date,
  code: string,
): Text | null {
  switch (messageKey) {
    case 'token.wrong-certificate': {
      // One code for both; which it is stands in the text alone.
      if (now >= validToDate) {
        const date = validToDate.toISOString().slice(0, 10)
        return { messageKey: 'token.expired-certificate', messageValues: { code, date } }
      }
      const thumbprint = fingerprint.replaceAll(':', '')
      return { messageKey: 'token.unknown-certificate', messageValues: { code, thumbprint } }
    }
    case 'token.missing-parameter':
      return { messageKey: 'token.certificate-not-taken', messageValues: { code } }
    case 'token.refused':
      return { messageKey: 'token.certificate-refused', messageValues: { code } }
    default:
      return null
  }
}

function byStatus(status: number): Diagnosis {
  if (status === 429) return throttled
  if (status >= 500) return unavailable
  // Without an AADSTS code it is not Entra that refuses: a proxy's page, or another server under that URI.
  if (status === 404 || status < 400) return paused('invalid', 'token.not-entra')
  return paused('auth', 'token.refused')
}

function readRefusal(body: string): { code: string; error: string; traceId: string } {
  const refusal = parseObject(body)
  const first = Array.isArray(refusal.error_codes) ? refusal.error_codes[0] : undefined
  const fromText = /AADSTS(\d{1,10})/.exec(String(refusal.error_description ?? ''))?.[1]
  const traceId = String(refusal.trace_id ?? '')
  return {
    code: typeof first === 'number' ? String(first) : (fromText ?? ''),
    error: String(refusal.error ?? ''),
    traceId: /^[0-9a-f-]{36}$/i.test(traceId) ? traceId : '',
  }
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
