import { sql } from 'kysely'
import { findTokens } from '../lib/reply-token.ts'
import type { MessageHead } from '../mail/mailbox.ts'
import type { Context } from '../store/context.ts'

/**
 * Which messages are ours to read, in order, from their heads alone (promise 9): those that carry a reply token of ours,
 * and non-delivery reports, which name what they are about inside only (`isOursToKeep` looks there).
 */
export async function areOurs(context: Context, heads: MessageHead[]): Promise<boolean[]> {
  const hashes = heads.map((head) => findTokens(head).map((token) => context.keys.hashToken(token)))
  const known = await knownHashes(context, hashes.flat())
  return heads.map(
    ({ itemClass }, index) =>
      /^REPORT\..*\.NDR$/i.test(itemClass ?? '') || (hashes[index] ?? []).some((hash) => known.has(hash)),
  )
}

async function knownHashes(context: Context, hashes: string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const rows = await context.db
    .selectFrom('replyToken')
    .select('hash')
    // One array, for a page of hostile heads may hold more of them than a statement takes parameters.
    .where(sql<boolean>`hash = any(${hashes})`)
    .execute()
  return new Set(rows.map(({ hash }) => hash))
}
