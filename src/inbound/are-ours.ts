import { findTokens } from '../lib/reply-token.ts'
import type { MessageHead } from '../mail/mailbox.ts'
import type { Context } from '../store/context.ts'
import { findReplyTokens } from './find-reply-tokens.ts'

/**
 * Which messages are ours to read, in order, from their heads alone (promise 9): those that carry a reply token of
 * the mailbox's instance, and reports that a mail has failed or is late, which name what they are about inside only
 * (`keepOurs` looks there).
 */
export async function areOurs(context: Context, mailboxId: string, heads: MessageHead[]): Promise<boolean[]> {
  const hashes = heads.map((head) => findTokens(head).map((token) => context.keys.hashToken(token)))
  const tokens = await findReplyTokens(context.db, { mailboxId, hashes: hashes.flat() })
  const known = new Set(tokens.map(({ hash }) => hash))
  return heads.map(
    ({ itemClass }, index) =>
      /^REPORT\..*\.(NDR|Delayed)$/i.test(itemClass ?? '') ||
      (hashes[index] ?? []).some((hash) => known.has(hash)),
  )
}
