import { setImmediate } from 'node:timers/promises'
import { after } from '../../lib/clock.ts'
import type { Context } from '../../store/context.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** Rows in one transaction, so that nobody waits long for one of them. */
const BATCH = 100

/**
 * Erases files: drafts that no request has taken over within a day, and the octets of requests that are over for longer
 * than the mailbox of their process keeps messages. Name, size and SHA-256 of those stay. Returns how many were erased.
 */
export async function eraseFiles(
  context: Pick<Context, 'db' | 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<{ drafts: number; files: number }> {
  const drafts = await eraseDrafts(context)
  const mailboxes = await context.db.selectFrom('mailbox').select(['id', 'settings']).execute()
  let files = 0
  for (const { id, settings } of mailboxes) {
    if (!settings.keepMessagesDays) continue
    const expired = { mailboxId: id, before: after(context.clock(), -settings.keepMessagesDays * DAY_MS) }
    for (let more = true; more && !signal.aborted; ) {
      const erased = await eraseOctets(context, expired)
      files += erased
      more = erased === BATCH
      await setImmediate()
    }
  }
  context.log.info({ drafts, files }, 'files that are kept no longer are erased')
  return { drafts, files }
}

async function eraseDrafts({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('requestFile')
    .where('requestId', 'is', null)
    .where('addedAt', '<=', after(clock(), -DAY_MS))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

async function eraseOctets(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { mailboxId, before }: { mailboxId: string; before: Date },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('requestFile')
    .set({ octets: null, erasedAt: clock() })
    .where('id', 'in', (from) =>
      from
        .selectFrom('requestFile')
        .innerJoin('request', 'request.id', 'requestFile.requestId')
        .innerJoin('process', 'process.id', 'request.processId')
        .select('requestFile.id')
        .where('requestFile.erasedAt', 'is', null)
        .where('request.closedAt', '<', before)
        .where('process.mailboxId', '=', mailboxId)
        .limit(BATCH),
    )
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}
