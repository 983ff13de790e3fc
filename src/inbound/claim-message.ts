import { type Kysely, sql } from 'kysely'
import type { Database } from '../store/schema.ts'
import { together } from '../store/together.ts'
import type { InboundRow } from './understood.ts'

/** `gone`: somebody else has acted on it. Else it is ours until the transaction ends. */
export type Claim = 'gone' | { earlierCopy: string | null }

/**
 * Takes a message that is still `received` for the open transaction. `earlierCopy` is the id of a copy of the same
 * delivered message that was acted on. A copy that was held or rejected blocks nothing: a forger could otherwise spend
 * a genuine reply.
 */
export const claimMessage = together(async (tx, rows: readonly InboundRow[]): Promise<Claim[]> => {
  await lockCopies(tx, rows)
  const ids = rows.map(({ id }) => id)
  const mine = await tx
    .selectFrom('inboundMessage')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '=', 'received')
    .orderBy('id')
    .forUpdate()
    .execute()
  const copies = await tx
    .selectFrom('inboundMessage')
    .select(['id', 'mailboxId', 'fingerprint'])
    .where(
      'fingerprint',
      'in',
      rows.map(({ fingerprint }) => fingerprint),
    )
    .where('id', 'not in', ids)
    .where('state', '=', 'processed')
    .where('outcome', 'not in', ['held', 'rejected'])
    .execute()
  const isMine = new Set(mine.map(({ id }) => id))
  return rows.map(({ id, mailboxId, fingerprint }) => {
    if (!isMine.has(id)) return 'gone'
    const copy = copies.find((one) => one.mailboxId === mailboxId && one.fingerprint === fingerprint)
    return { earlierCopy: copy?.id ?? null }
  })
})

/**
 * Copies of one message, in Inbox and Junk for instance, take turns: the second sees what became of the first. Taken in
 * one order everywhere, so that two who take several do not wait for each other.
 */
async function lockCopies(tx: Kysely<Database>, rows: readonly InboundRow[]): Promise<void> {
  const fingerprints = [...new Set(rows.map(({ fingerprint }) => fingerprint))]
  await sql`
    select pg_advisory_xact_lock(key)
    from (select hashtextextended(fingerprint, 0) as key from unnest(${fingerprints}::text[]) as fingerprint order by 1) as keys
  `.execute(tx)
}
