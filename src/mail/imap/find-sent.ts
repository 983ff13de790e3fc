import type { SentSearch } from '../mailbox.ts'
import { drafts, outbox, sent, type Where } from './folders.ts'
import type { ImapSession } from './imap-session.ts'

/**
 * Looks for a message of ours by its Message-ID. `absent` is said only where the server itself keeps what it sends: a
 * copy of our making is made after the sending, so that its absence proves nothing.
 */
export async function findSent(
  messageId: string,
  { session, saveSent }: { session: ImapSession; saveSent: boolean },
  signal: AbortSignal,
): Promise<SentSearch> {
  const lies = (where: Where) => isIn(where, messageId, session, signal)
  const inSent = await lies(sent)
  if (inSent || (await lies(outbox)) || (await lies(drafts))) return 'found'
  return inSent === null || saveSent ? 'cannot-tell' : 'absent'
}

/** Null when there is no such folder. */
async function isIn(
  where: Where,
  messageId: string,
  session: ImapSession,
  signal: AbortSignal,
): Promise<boolean | null> {
  const query = { header: { 'message-id': messageId } }
  return session.inFolder(where, 'read', signal, async ({ connection }) => {
    const found = await connection.command((client) => client.search(query, { uid: true }))
    return found.length > 0
  })
}
