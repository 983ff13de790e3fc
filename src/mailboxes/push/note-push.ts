import { sql } from 'kysely'
import { backOffMs } from '../../lib/back-off.ts'
import { after } from '../../lib/clock.ts'
import type { MailError } from '../../mail/errors.ts'
import type { MailboxRow } from '../open-mailboxes.ts'
import type { Held, PushParts, PushRow } from './push-parts.ts'
import { basisOf } from './subscription-basis.ts'

/** A provider that grants no more than a moment is not asked without end. */
const LEAST_LIFE_MS = 2 * 60_000
const FIRST_RETRY_MS = 60_000
const LONGEST_RETRY_MS = 60 * 60_000

/** What came of looking after a subscription. */
type Result =
  | { state: 'unsupported' | 'off'; held: null }
  | { state: 'on'; held: Held }
  | { state: 'failed'; held: Held | null; error: MailError }

/** Notes it, with the time at which it is looked at next; and has the mailbox read, where it is told of mail from now on. */
export async function notePush(
  { context, publicUrl }: PushParts,
  row: MailboxRow,
  push: PushRow | null,
  result: Result,
) {
  const { db, clock, log } = context
  const { state, held } = result
  const now = clock()
  const failures = state === 'failed' ? (push?.failures ?? 0) + 1 : 0
  let trouble: PushRow['trouble'] = null
  let dueAt: Date | null = null
  if (state === 'failed') {
    const { kind, providerCode, messageKey, messageValues, retryAfterMs } = result.error
    const since = push?.trouble?.since ?? now.toISOString()
    trouble = { kind, providerCode, messageKey, messageValues, since }
    dueAt = after(now, retryAfterMs ?? backOffMs(failures - 1, FIRST_RETRY_MS, LONGEST_RETRY_MS))
    log.warn(
      { mailbox: row.name, failures, err: result.error },
      'the provider does not call us; mail is polled',
    )
  } else if (state === 'on') {
    // Long before its end, which comes when nobody could renew it in half its life.
    dueAt = after(now, Math.max(LEAST_LIFE_MS, result.held.expiresAt.getTime() - now.getTime()) / 2)
    if (push?.state !== 'on')
      log.info({ mailbox: row.name, until: result.held.expiresAt }, 'the provider calls us')
  }
  const values = {
    state,
    basis: basisOf(row, publicUrl),
    dueAt,
    failures,
    trouble: trouble && JSON.stringify(trouble),
    providerId: held?.providerId ?? null,
    clientStateHash: held?.clientStateHash ?? null,
    target: held?.target ?? null,
    expiresAt: held?.expiresAt ?? null,
    settings: held && JSON.stringify(held.settings),
    secrets: held?.secrets ?? null,
  }
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('mailboxPush')
      .values({ mailboxId: row.id, ...values })
      .onConflict((conflict) =>
        conflict.column('mailboxId').doUpdateSet({
          ...values,
          // The provider called meanwhile: what it told is still to be seen to.
          dueAt: sql<Date | null>`case when mailbox_push.due_at is distinct from ${push?.dueAt ?? null}::timestamptz
            then mailbox_push.due_at else excluded.due_at end`,
        }),
      )
      .execute()
    // What came while nobody was told of it.
    if (state === 'on') await context.enqueue(tx, { name: 'receive', payload: { mailboxId: row.id } })
  })
}
