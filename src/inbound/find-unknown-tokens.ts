import { sql } from 'kysely'
import { findTokens } from '../lib/reply-token.ts'
import type { MessageHead } from '../mail/mailbox.ts'
import type { Context } from '../store/context.ts'

/**
 * Hashes of what must be reply tokens, by where they stand in these heads, and is on no record: of mails that a database
 * restored from a backup knows nothing of. A plus-address alone says nothing, for everybody may use them.
 */
export async function findUnknownTokens(
  { db, keys }: Pick<Context, 'db' | 'keys'>,
  heads: MessageHead[],
): Promise<string[]> {
  const tokens = heads.flatMap((head) => findTokens({ ...head, recipients: [] }))
  if (tokens.length === 0) return []
  const hashes = [...new Set(tokens.map((token) => keys.hashToken(token)))]
  const known = await db
    .selectFrom('replyToken')
    .select('hash')
    .where(sql<boolean>`hash = any(${hashes})`)
    .execute()
  const isKnown = new Set(known.map(({ hash }) => hash))
  return hashes.filter((hash) => !isKnown.has(hash))
}
