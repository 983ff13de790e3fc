import { findTokens } from '../lib/reply-token.ts'
import type { MessageHead } from '../mail/mailbox.ts'
import type { Context } from '../store/context.ts'
import { findReplyTokens } from './find-reply-tokens.ts'

/**
 * Which messages are ours to read, in order, from their heads alone (promise 9): those that carry a reply token of
 * the mailbox's instance, and non-delivery reports, which name what they are about inside only (`isOursToKeep` looks there).
 */
export async function areOurs(context: Context, mailboxId: string, heads: MessageHead[]): Promise<boolean[]> {
  const hashes = heads.map((head) => findTokens(head).map((token) => context.keys.hashToken(token)))
  const tokens = await findReplyTokens(context.db, { mailboxId, hashes: hashes.flat() })
  const known = new Set(tokens.map(({ hash }) => hash))
  return heads.map(
    ({ itemClass }, index) =>
      /^REPORT\..*\.NDR$/i.test(itemClass ?? '') || (hashes[index] ?? []).some((hash) => known.has(hash)),
  )
}
