/**
 * What Entra ID means when it gives no token. Decided by `error_codes[0]` alone, never by the text, which is
 * rewritten and translated. Source: "Microsoft Entra authentication and authorization error codes" (Microsoft Learn).
 */
import { MailError, type MailErrorKind, type Retry } from '../mail/errors.ts'
import { retryAfterMs } from '../mail/retry-after.ts'

interface TokenAnswer {
  status: number
  headers: Headers
  /** The answer's text; an error answer is JSON (RFC 6749 5.2). */
  body: string
}

type Diagnosis = readonly [kind: MailErrorKind, retry: Retry, messageKey: string]

const paused = (kind: MailErrorKind, messageKey: string): Diagnosis => [kind, 'pause-mailbox', messageKey]

/** By number of the AADSTS code. */
const diagnoses: Readonly<Record<string, Diagnosis>> = {
  '7000215': paused('auth', 'token.wrong-secret'),
  '7000222': paused('auth', 'token.expired-secret'),
  '700016': paused('auth', 'token.unknown-application'),
  '7000229': paused('auth', 'token.unknown-application'),
  '7000112': paused('auth', 'token.disabled-application'),
  '90002': paused('invalid', 'token.unknown-tenant'),
  '900021': paused('invalid', 'token.unknown-tenant'),
  '900023': paused('invalid', 'token.unknown-tenant'),
  '70011': paused('invalid', 'token.wrong-scope'),
  '1002012': paused('invalid', 'token.wrong-scope'),
  '500011': paused('invalid', 'token.unknown-resource'),
  '650057': paused('invalid', 'token.unknown-resource'),
  '900144': paused('invalid', 'token.missing-parameter'),
  '7000218': paused('invalid', 'token.missing-parameter'),
  '7000216': paused('invalid', 'token.missing-parameter'),
  '70003': paused('invalid', 'token.missing-parameter'),
  '700027': paused('auth', 'token.wrong-certificate'),
  '700024': paused('auth', 'token.clock'),
  '65001': paused('consent', 'token.no-consent'),
  '53003': paused('blocked-by-policy', 'token.conditional-access'),
  '90033': ['unavailable', 'later', 'token.unavailable'],
  '90055': ['throttled', 'later', 'token.throttled'],
  '50196': ['throttled', 'later', 'token.throttled'],
}

/**
 * Reads a refusal of the token endpoint. Never holds a credential: only the code, the trace id and the time stamp of
 * the answer are kept, because a description may echo what was sent.
 */
export function diagnoseTokenError(answer: TokenAnswer): MailError {
  const { code, traceId } = readRefusal(answer.body)
  const [kind, retry, messageKey] = diagnoses[code] ?? byStatus(answer.status)
  const providerCode = code === '' ? `HTTP ${answer.status}` : `AADSTS${code}`
  const wait = retryAfterMs(answer.headers)
  return new MailError(`No access token: ${providerCode}${traceId === '' ? '' : ` (trace id ${traceId})`}`, {
    kind,
    retry,
    ...(wait === null ? {} : { retryAfterMs: wait }),
    providerCode,
    messageKey,
    messageValues: { code: providerCode },
  })
}

function byStatus(status: number): Diagnosis {
  if (status === 429) return ['throttled', 'later', 'token.throttled']
  if (status >= 500) return ['unavailable', 'later', 'token.unavailable']
  // Without an AADSTS code it is not Entra that refuses: a proxy's page, or another server under that URI.
  if (status === 404 || status < 400) return paused('invalid', 'token.not-entra')
  return paused('auth', 'token.refused')
}

function readRefusal(body: string): { code: string; traceId: string } {
  const refusal = parseObject(body)
  const first = Array.isArray(refusal.error_codes) ? refusal.error_codes[0] : undefined
  const fromText = /AADSTS(\d{1,10})/.exec(String(refusal.error_description ?? ''))?.[1]
  const traceId = String(refusal.trace_id ?? '')
  return {
    code: typeof first === 'number' ? String(first) : (fromText ?? ''),
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
