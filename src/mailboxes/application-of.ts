import type { MailboxSettings, OAuthSettings } from '../lib/mailbox-settings.ts'

/** The application of Entra ID that opens this mailbox; null for one that is signed in to with a password. */
export function applicationOf(settings: MailboxSettings): OAuthSettings | null {
  if ('oauth' in settings) return settings.oauth
  return 'clientId' in settings ? settings : null
}
