/**
 * The one secret of a mailbox: the client secret of its application, its certificate with the private key or, without an
 * application, its password. Stored sealed.
 */
import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import type { KeyRing } from '../store/key-ring.ts'
import { applicationOf } from './application-of.ts'
import { refusedSetting } from './refused-setting.ts'

/** What stands in the sealed text. */
type Sealed = Partial<Record<'clientSecret' | 'certificate' | 'password', string>>

/** Which secret a mailbox with these settings has. */
export function secretName(settings: MailboxSettings): keyof Sealed {
  const application = applicationOf(settings)
  if (application === null) return 'password'
  return application.certificate === null ? 'clientSecret' : 'certificate'
}

/** Bound to the mailbox, so that one mailbox's secret cannot be put into another's row. */
function contextOf(mailboxId: string): string {
  return `mailbox:${mailboxId}`
}

export function sealSecret(
  keys: KeyRing,
  mailboxId: string,
  settings: MailboxSettings,
  secret: string,
): Buffer {
  return keys.seal(JSON.stringify({ [secretName(settings)]: secret }), contextOf(mailboxId))
}

/** Throws `invalid-settings` when nothing is stored, or a secret of the other kind. */
export function openSecret(
  keys: KeyRing,
  mailboxId: string,
  settings: MailboxSettings,
  sealed: Buffer | null,
): string {
  const name = secretName(settings)
  const stored: Sealed = sealed === null ? {} : JSON.parse(keys.open(sealed, contextOf(mailboxId)))
  const secret = stored[name]
  if (secret !== undefined) return secret
  throw name === 'password'
    ? refusedSetting('mailbox.password', 'password-missing')
    : refusedSetting('oauth.clientSecret', 'client-secret-missing')
}
