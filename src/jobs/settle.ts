import { reached } from '../lib/milestones.ts'
import { isAboutOneMessage } from '../mail/errors.ts'
import type { Mailbox, SettleOutcome } from '../mail/mailbox.ts'
import type { MailboxRow } from '../mailboxes/open-mailboxes.ts'
import type { Context } from '../store/context.ts'
import { updateEach } from '../store/update-each.ts'

const BATCH = 200
/** After so many attempts a message stays where it is in the mailbox; it is stored, so nothing is lost. */
const MOST_ATTEMPTS = 5

/**
 * Puts aside in the mailbox what is stored (promise 3: never before). The due-state is committed with the message, so
 * a crash in between only repeats a move that changes nothing. Throws `MailError` when the mailbox itself failed, once
 * the outcomes are kept.
 */
export async function settle(
  context: Context,
  { row, mailbox }: { row: MailboxRow; mailbox: Mailbox },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const due = await context.db
      .selectFrom('inboundMessage')
      .select(['id', 'providerId', 'settleAttempts', 'folder'])
      .where('mailboxId', '=', row.id)
      .where('settleState', '=', 'due')
      .orderBy('settleAttempts')
      .orderBy('id')
      .limit(BATCH)
      .execute()
    if (due.length === 0 || signal.aborted) return
    const { settleMode } = row.settings
    const outcomes = new Map<string, SettleOutcome>()
    // What lies in Junk stays there, read: nobody could tell it from proven mail elsewhere.
    for (const [mode, messages] of Map.groupBy(due, ({ folder }) =>
      folder === 'junk' ? 'mark-read' : settleMode,
    )) {
      const ids = messages.map(({ providerId }) => providerId)
      for (const outcome of await mailbox.settle(ids, mode, signal)) outcomes.set(outcome.providerId, outcome)
    }
    const told = { mailboxId: row.id, messages: due.length }
    reached('messages-settled', told)
    const settled = await keepOutcomes(context, due, outcomes)
    reached('settle-kept', { mailboxId: row.id, messages: settled })
    const trouble = [...outcomes.values()].find(
      ({ error }) => error !== null && !isAboutOneMessage(error),
    )?.error
    if (trouble) throw trouble
    if (settled === 0) return
  }
}

/** Returns how many were put aside. */
async function keepOutcomes(
  context: Context,
  due: { id: string; providerId: string; settleAttempts: number }[],
  outcomes: Map<string, SettleOutcome>,
): Promise<number> {
  const changes = due.map(({ id, providerId, settleAttempts }) => {
    const outcome = outcomes.get(providerId)
    const error = outcome?.error ?? null
    if (outcome && !error) {
      const settled = { providerId: outcome.newProviderId ?? providerId, settleState: 'done' as const }
      return { id, ...settled, settleAttempts }
    }
    const attempts = settleAttempts + (error && isAboutOneMessage(error) ? 1 : 0)
    const settleState = attempts >= MOST_ATTEMPTS ? ('failed' as const) : ('due' as const)
    return { id, providerId, settleState, settleAttempts: attempts }
  })
  // To settings that were changed meanwhile these ids mean nothing, and it is due no more.
  await updateEach(context.db, 'inboundMessage', changes, { settleState: 'due' })
  return changes.filter(({ settleState }) => settleState === 'done').length
}
