import type { Log } from '../../lib/log.ts'
import { MailError } from '../errors.ts'
import type { SentSearch } from '../mailbox.ts'
import { outboxPath, pathOf } from './folders.ts'
import type { ImapSession } from './imap-session.ts'

/**
 * Looks for a message of ours by its Message-ID. `absent` is said only where the server itself keeps what it sends: a
 * copy of our making is made after the sending, so that its absence proves nothing.
 */
export async function findSent(
  messageId: string,
  { session, log, saveSent }: { session: ImapSession; log: Log; saveSent: boolean },
  signal: AbortSignal,
): Promise<SentSearch> {
  try {
    const { sent, others } = await session.run(signal, async (connection) => ({
      sent: await pathOf(connection, '\\Sent'),
      others: [await outboxPath(connection), await pathOf(connection, '\\Drafts')],
    }))
    for (const path of [sent, ...others]) {
      if (path !== null && (await isIn(path, messageId, session, signal))) return 'found'
    }
    return sent === null || saveSent ? 'cannot-tell' : 'absent'
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    // The Message-ID holds the reply token, which must not be in a log.
    log.warn({ err: error }, 'the mailbox cannot be asked whether a message was sent')
    return 'cannot-tell'
  }
}

async function isIn(
  path: string,
  messageId: string,
  session: ImapSession,
  signal: AbortSignal,
): Promise<boolean> {
  const query = { header: { 'message-id': messageId } }
  const found = await session.inFolder(path, 'read', signal, ({ connection }) =>
    connection.command((client) => client.search(query, { uid: true })),
  )
  return (found ?? []).length > 0
}
