import type { CertificateFacts, MailboxSettings } from '../../lib/mailbox-settings.ts'
import { applicationOf } from '../application-of.ts'

/** The settings of a mailbox whose application proves itself by this certificate, where it has one; null for by a secret. */
export function withCertificate(
  settings: MailboxSettings,
  certificate: CertificateFacts | null,
): MailboxSettings {
  const application = applicationOf(settings)
  if (application === null || certificate === null) return settings
  // An end that was entered is that of a secret.
  const proof = { certificate, clientSecretExpiresOn: null }
  return settings.type === 'imap-smtp'
    ? { ...settings, oauth: { ...application, ...proof } }
    : { ...settings, ...proof }
}
