import { failed, ok, warning } from '../../mail/finding.ts'
import type { Finding } from '../../mail/mailbox.ts'
import type { CredentialExpiry } from '../credential-expiry.ts'

/** How long the secret or certificate is good. One that has ended is only what was entered: Entra's answer decides. */
export function checkCredential(expiry: CredentialExpiry): Finding {
  const kind = expiry.credential === 'certificate' ? 'certificate' : 'secret'
  if (expiry.state === 'unknown') return warning('', { key: 'doctor:credential.secret-unknown', values: {} })
  const date = expiry.expiresAt.toISOString().slice(0, 10)
  if (expiry.state === 'good') return ok(date)
  const mend = {
    key: `doctor:credential.${kind}-${expiry.state}`,
    values: { date, days: String(expiry.daysLeft) },
  }
  // A certificate tells its own end; that of a secret is what somebody typed, and the token step knows better.
  return (expiry.state === 'expired' && kind === 'certificate' ? failed : warning)(date, mend)
}
