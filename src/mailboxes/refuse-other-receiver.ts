import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import { applicationOf } from './application-of.ts'
import { refusedSetting } from './refused-setting.ts'

/**
 * A secret that is not entered again goes to no other host than before: whoever may change settings, and does not know the
 * secret, would have it sent to a server of their own. Throws `invalid-settings`.
 */
export function refuseOtherReceiver(before: MailboxSettings, after: MailboxSettings): void {
  const known = receiversOf(before)
  const host = receiversOf(after).find((receiver) => !known.includes(receiver))
  if (host === undefined) return
  const path = applicationOf(after) === null ? 'mailbox.password' : 'oauth.clientSecret'
  throw refusedSetting(path, 'secret-for-other-host', { host })
}

/** The hosts that are shown the secret or password. A certificate's key is shown to nobody. */
function receiversOf(settings: MailboxSettings): string[] {
  const application = applicationOf(settings)
  if (application !== null) {
    return application.certificate === null ? [new URL(application.tokenEndpoint).hostname] : []
  }
  if (settings.type === 'imap-smtp') return [settings.imap.host, settings.smtp.host].map(nameOf)
  return 'host' in settings ? [nameOf(settings.host)] : []
}

/** Without its port, in small letters. */
function nameOf(host: string): string {
  return new URL(`https://${host}/`).hostname
}
