// The library below needs it before it is loaded.
import 'reflect-metadata'
import {
  constants,
  createHash,
  createPrivateKey,
  type KeyObject,
  randomUUID,
  sign,
  webcrypto,
} from 'node:crypto'
import { X509CertificateGenerator } from '@peculiar/x509'
import { app } from './ews-client.ts'

/** A self-signed RSA certificate for client assertions, with its key. */
export interface AppCertificate {
  pem: string
  key: KeyObject
}

export async function createAppCertificate(notAfter: Date): Promise<AppCertificate> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Sample',
    notBefore: new Date(0),
    notAfter,
    signingAlgorithm: algorithm,
    keys,
  })
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  return {
    pem: certificate.toString('pem'),
    key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
  }
}

/** A client assertion (RFC 7523) by Microsoft's rules; `header` and `claims` replace what it says otherwise. */
export function writeAssertion(
  { pem, key }: AppCertificate,
  audience: string,
  changes: { header?: Record<string, unknown>; claims?: Record<string, unknown>; now?: number } = {},
): string {
  const now = Math.floor((changes.now ?? Date.now()) / 1000)
  const header = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint(pem, 'sha256'), ...changes.header }
  const claims = {
    aud: audience,
    iss: app.id,
    sub: app.id,
    jti: randomUUID(),
    nbf: now,
    exp: now + 300,
    ...changes.claims,
  }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part(header)}.${part(claims)}`
  const padding =
    header.alg === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {}
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, ...padding }).toString('base64url')}`
}

/** Of the DER, as `x5t` (SHA-1) and `x5t#S256` name a certificate. */
export function thumbprint(pem: string, hash: 'sha1' | 'sha256'): string {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  return createHash(hash).update(der).digest('base64url')
}
