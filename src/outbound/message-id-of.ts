import type { Selectable } from 'kysely'
import { buildMessageId } from '../lib/reply-token.ts'
import type { OutboundMessageTable } from '../store/schema.ts'

/**
 * The Message-ID that a mail goes out under: the one of its first attempt, else the one that follows from its row. So a
 * database that was restored from before the attempt can still ask the mailbox for it. One that came back and goes out
 * anew has another one, for it must not be taken for its first copy. `token` is null for a mail that nobody answers;
 * `address` is the mailbox's.
 */
export function messageIdOf(
  { id, messageId, sentAt }: Pick<Selectable<OutboundMessageTable>, 'id' | 'messageId' | 'sentAt'>,
  of: { token: string | null; instance: string; address: string },
): string {
  const { token, instance, address } = of
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const unique = sentAt === null ? id : `${id}-${sentAt.getTime().toString(36)}`
  return messageId ?? buildMessageId({ token, instance, unique, domain })
}
