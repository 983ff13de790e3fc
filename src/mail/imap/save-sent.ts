import type { Log } from '../../lib/log.ts'
import { MailError } from '../errors.ts'
import type { Sendable, SendOutcome } from '../mailbox.ts'
import { sent as sentFolder } from './folders.ts'
import type { ImapSession } from './imap-session.ts'

/**
 * Puts a copy of what was sent into Sent, as a mail client does. It is for people to find: what is sent is sent, so a
 * copy that cannot be made is noted and no failure.
 */
export async function saveSent(
  messages: Sendable[],
  outcomes: SendOutcome[],
  { session, log }: { session: ImapSession; log: Log },
  signal: AbortSignal,
): Promise<void> {
  const sent = messages.filter((_, index) => outcomes[index]?.outcome === 'sent')
  if (sent.length === 0) return
  try {
    await session.run(signal, async (connection) => {
      const path = sentFolder(connection)
      if (path === null) {
        log.warn('the mailbox has no folder for sent mail, so no copies are kept')
        return
      }
      for (const { mime } of sent) {
        await connection.command((client) => client.append(path, mime, ['\\Seen']))
      }
    })
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    log.warn({ err: error }, 'a copy of a sent mail could not be kept')
  }
}
