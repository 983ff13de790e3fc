import { after } from '../lib/clock.ts'
import { inBothLanguages, type Locale } from '../lib/translate.ts'
import { type CredentialExpiry, credentialExpiry, WARN_DAYS } from './credential-expiry.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/** What everybody who looks after a mailbox should know of its credential. */
export interface ExpiryWarning {
  code: 'credential-expiring' | 'credential-expired'
  credential: CredentialExpiry['credential']
  /** When it began to be told. */
  since: Date
  expiresAt: Date
  daysLeft: number
  /** What comes and what to do. */
  message: Record<Locale, string>
}

/**
 * The warning that the secret or certificate of a mailbox ends within 30 days, or has ended; null where there is nothing to
 * be told, as for a mailbox that is switched off. It is no trouble: mail goes on as long as Entra takes the credential.
 */
export function expiryWarning(
  { state, settings }: Pick<MailboxRow, 'state' | 'settings'>,
  now: Date,
): ExpiryWarning | null {
  const expiry = state === 'disabled' ? null : credentialExpiry(settings, now)
  if (expiry === null || expiry.state === 'unknown' || expiry.state === 'good') return null
  const { credential, expiresAt, daysLeft } = expiry
  const kind = credential === 'certificate' ? 'certificate' : 'secret'
  const values = { date: expiresAt.toISOString().slice(0, 10), days: daysLeft }
  const warning = { credential, expiresAt, daysLeft }
  const message = inBothLanguages(`doctor:credential.${kind}-${expiry.state}`, values)
  return expiry.state === 'expired'
    ? { ...warning, message, code: 'credential-expired', since: expiresAt }
    : { ...warning, message, code: 'credential-expiring', since: after(expiresAt, -WARN_DAYS * DAY_MS) }
}

const DAY_MS = 24 * 60 * 60_000
