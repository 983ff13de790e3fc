import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import { applicationOf } from './application-of.ts'

/** How long the credential of an application is still good. */
export type CredentialExpiry = {
  credential: 'client-secret' | 'certificate'
} & (
  | { state: 'unknown' }
  | {
      /** `soon` within 30 days of the end, `expired` from then on. */
      state: 'good' | 'soon' | 'expired'
      expiresAt: Date
      /** Rounded up, so that the last day counts as 1; 0 once it has expired. */
      daysLeft: number
    }
)

const DAY_MS = 24 * 60 * 60_000
/** Whoever renews a credential needs an administrator of the tenant, who may be away. */
export const WARN_DAYS = 30

/**
 * How long the credential that opens this mailbox is good, by what its settings say: a secret until the day that the
 * administrator entered (`unknown` when none was), a certificate until the end that it names itself. Null for a mailbox
 * that is signed in to with a password. Whether Entra still takes it is for Entra to say: nothing stops at the end.
 */
export function credentialExpiry(settings: MailboxSettings, now: Date): CredentialExpiry | null {
  const application = applicationOf(settings)
  if (application === null) return null
  const { certificate, clientSecretExpiresOn } = application
  if (certificate !== null) return until('certificate', new Date(certificate.expiresAt), now)
  if (clientSecretExpiresOn === null) return { credential: 'client-secret', state: 'unknown' }
  // Entra ends a secret at an hour of that day, which its portal does not show: it is counted from the first one.
  return until('client-secret', new Date(`${clientSecretExpiresOn}T00:00:00Z`), now)
}

function until(credential: CredentialExpiry['credential'], expiresAt: Date, now: Date): CredentialExpiry {
  const daysLeft = Math.max(0, Math.ceil((expiresAt.getTime() - now.getTime()) / DAY_MS))
  const state = daysLeft === 0 ? 'expired' : daysLeft <= WARN_DAYS ? 'soon' : 'good'
  return { credential, state, expiresAt, daysLeft }
}
