import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { AppError } from '../../lib/app-error.ts'
import { askThread, ThreadBoundExceeded, type ThreadBounds } from '../../lib/ask-thread.ts'
import type { CertificateFacts } from '../../lib/mailbox-settings.ts'
import { refusedSetting } from '../refused-setting.ts'
import type { CertificateForm } from '../settings.ts'
import type { Answer } from './key-store-thread.ts'
import type { KeyStore } from './open-key-store.ts'

/** A certificate that an application can prove itself by. */
export interface Certificate {
  /** PEM of the private key and of the certificate. A credential. */
  pem: string
  facts: CertificateFacts
}

/** Usual key stores take a tenth of a second, and a thread half of one to start on a busy machine. */
const BOUNDS = { mostMs: 10_000, mostMegabytes: 128 }

/** The fewest bits of an RSA key that Entra takes. */
const FEWEST_BITS = 2_048

/**
 * Reads what an administrator gave and checks that Entra would take it now: an RSA key of 2048 bits or more with its
 * own certificate, which is valid at `now`. Of several certificates (a chain) the key tells the one. Throws
 * `invalid-settings` with a text for each of the things that may be wrong.
 */
export async function readCertificate(
  given: CertificateForm,
  now: Date,
  bounds: Partial<ThreadBounds> = {},
): Promise<Certificate> {
  const { key, certificates } = await openApart(given, { ...BOUNDS, ...bounds })
  const privateKey = createPrivateKey(key)
  const certificate = certificates
    .map((pem) => new X509Certificate(pem))
    .find((one) => one.checkPrivateKey(privateKey))
  if (!certificate) throw refused('certificate-mismatch')
  checkKey(privateKey)
  checkTime(certificate, now)
  return { pem: `${key}${certificate}`, facts: factsOf(certificate) }
}

/** In a thread of its own: who made the key store chose how many rounds of key derivation it takes. */
async function openApart(given: CertificateForm, bounds: ThreadBounds): Promise<KeyStore> {
  try {
    const answer = (await askThread(
      new URL('./key-store-thread.ts', import.meta.url),
      given,
      bounds,
    )) as Answer
    if ('problem' in answer) throw refused(answer.problem)
    return answer
  } catch (error) {
    throw error instanceof ThreadBoundExceeded ? refused('certificate-too-slow') : error
  }
}

function checkKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): void {
  if (asymmetricKeyType !== 'rsa') throw refused('certificate-not-rsa')
  const bits = asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < FEWEST_BITS) throw refused('certificate-too-short', { bits })
}

function checkTime({ validFromDate, validToDate }: X509Certificate, now: Date): void {
  if (now >= validToDate) throw refused('certificate-expired', { date: dayOf(validToDate) })
  if (now < validFromDate) throw refused('certificate-not-yet-valid', { date: dayOf(validFromDate) })
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: certificate.subject.split('\n').join(', '),
    thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
    thumbprintSha1: certificate.fingerprint.replaceAll(':', ''),
    notBefore: certificate.validFromDate.toISOString(),
    expiresAt: certificate.validToDate.toISOString(),
  }
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}

function refused(problem: string, values?: Record<string, string | number>): AppError {
  return refusedSetting('oauth.certificate', problem, values)
}
