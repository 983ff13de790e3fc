import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { type ClientAuth, modifyAssertion, PrivateKeyJwt } from 'openid-client'
import type { Clock } from '../lib/clock.ts'

/** Entra takes five to ten minutes. */
const LIFE_SECONDS = 600

/**
 * Authentication of a client by its certificate: each request of a token brings a JWT that is signed with the private key
 * (RFC 7523), as PS256, whose header names the certificate by `x5t#S256`. `pem` holds both, an RSA key.
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
export function signAssertions(pem: string, tokenEndpoint: string, clock: Clock): ClientAuth {
  // By its algorithm openid-client signs: PS256, with a salt as long as the digest (RFC 7518, section 3.5).
  const key = createPrivateKey(pem).toCryptoKey({ name: 'RSA-PSS', hash: 'SHA-256' }, false, ['sign'])
  const { fingerprint256 } = new X509Certificate(pem)
  const thumbprint = Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
  return PrivateKeyJwt(key, {
    [modifyAssertion](header, payload) {
      header.typ = 'JWT'
      header['x5t#S256'] = thumbprint
      const now = Math.floor(clock().getTime() / 1000)
      Object.assign(payload, {
        aud: tokenEndpoint,
        jti: randomUUID(),
        iat: now,
        nbf: now,
        exp: now + LIFE_SECONDS,
      })
    },
  })
}
