import type { components } from '../../api/schema.ts'
import type { Mailbox } from './mailboxes.ts'

/** The application that opens the mailbox; null where it is a password. */
export function applicationOf(
  settings: Mailbox['settings'],
): components['schemas']['MailboxApplication'] | null {
  if (settings.type === 'imap-smtp') return settings.oauth
  return settings.type === 'exchange-server-ews' ? null : settings
}
