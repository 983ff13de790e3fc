import { MailError } from '../errors.ts'
import { connectImap } from './imap-connection.ts'
import type { ImapParts, ImapSettings } from './imap-settings.ts'

/**
 * Whether these settings' mailbox may be read. Exchange refuses the token, or takes it and keeps the mailbox shut. Throws
 * `MailError` for every other failure.
 */
export async function opensMailbox(
  settings: ImapSettings,
  parts: ImapParts,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const connection = await connectImap(settings, parts, signal)
    connection.close()
    return true
  } catch (error) {
    if (error instanceof MailError && (error.kind === 'consent' || error.kind === 'auth')) return false
    throw error
  }
}
