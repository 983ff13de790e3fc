import { constants, createHash, verify, X509Certificate } from 'node:crypto'
import type { App } from '../tenant.ts'
import { type TokenError, tokenErrors } from './token-error.ts'

interface Expected {
  app: App
  /** The token URLs that the assertion may be meant for. */
  audiences: string[]
  /** Milliseconds since the epoch. */
  now: number
  toleranceSeconds: number
}

/** The hash and padding of RSASSA-PSS (PS256), and of the older RSASSA-PKCS1-v1_5 (RS256), which is still taken. */
const algorithms: Record<string, object> = {
  PS256: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
  RS256: { padding: constants.RSA_PKCS1_PADDING },
}

/**
 * Checks a client assertion: a JWT signed with the key of a registered certificate, which its header names by
 * thumbprint. https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
export function checkAssertion(assertion: string, expected: Expected): TokenError | null {
  const { app, now } = expected
  const [head = '', body = '', signature = ''] = assertion.split('.')
  const header = readPart(head)
  const certificate = app.certificates
    .map((pem) => new X509Certificate(pem))
    .find((one) => isNamed(one, header))
  if (!certificate) return tokenErrors.unknownCertificate()
  const algorithm = algorithms[String(header.alg)]
  const key = { key: certificate.publicKey, ...algorithm }
  if (
    !algorithm ||
    !verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))
  )
    return tokenErrors.wrongSignature()
  if (now >= Date.parse(certificate.validTo)) return tokenErrors.expiredCertificate(certificate)
  return checkClaims(readPart(body), expected)
}

function checkClaims(claims: Record<string, unknown>, expected: Expected): TokenError | null {
  const { app, audiences, now, toleranceSeconds } = expected
  if (!audiences.includes(String(claims.aud))) return tokenErrors.wrongAudience(audiences[0] ?? '')
  if (claims.iss !== app.id || claims.sub !== app.id) return tokenErrors.wrongIssuer()
  const [from, until] = [Number(claims.nbf ?? claims.iat), Number(claims.exp)]
  const seconds = now / 1000
  const isInTime = from - toleranceSeconds <= seconds && seconds < until + toleranceSeconds
  return isInTime ? null : tokenErrors.assertionOutOfTime(now, from, until)
}

/** `x5t#S256` is the SHA-256 thumbprint of the DER, `x5t` the older SHA-1 (RFC 7515, sections 4.1.7 and 4.1.8). */
function isNamed({ raw }: X509Certificate, header: Record<string, unknown>): boolean {
  const thumbprint = (hash: string) => createHash(hash).update(raw).digest('base64url')
  return header['x5t#S256'] === thumbprint('sha256') || header.x5t === thumbprint('sha1')
}

function readPart(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
