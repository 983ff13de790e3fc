import { sql } from 'kysely'
import { together } from '../store/together.ts'

/**
 * The reply tokens with these hashes, as far as they work in the mailbox: those that its instance made. Others, which a
 * copy of the database knows of the original, say, are somebody else's.
 */
export const findReplyTokens = together(
  async (db, asked: readonly { mailboxId: string; hashes: readonly string[] }[]) => {
    // One array, for a page of hostile heads may hold more of them than a statement takes parameters.
    const hashes = asked.flatMap((one) => one.hashes)
    if (hashes.length === 0) return asked.map(() => [])
    const rows = await db
      .selectFrom('replyToken')
      .innerJoin('mailbox', (join) =>
        join.on(
          sql<boolean>`${sql.ref('mailbox.settings')} ->> 'instance' = ${sql.ref('replyToken.instance')}`,
        ),
      )
      .selectAll('replyToken')
      .select('mailbox.id as mailboxId')
      .where('mailbox.id', 'in', [...new Set(asked.map(({ mailboxId }) => mailboxId))])
      .where(sql<boolean>`hash = any(${hashes})`)
      .execute()
    const found = Map.groupBy(rows, ({ mailboxId, hash }) => `${mailboxId} ${hash}`)
    return asked.map((one) => one.hashes.flatMap((hash) => found.get(`${one.mailboxId} ${hash}`) ?? []))
  },
)
