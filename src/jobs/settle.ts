import { reached } from '../lib/milestones.ts'
import { isAboutOneMessage } from '../mail/errors.ts'
import type { Mailbox, SettleOutcome } from '../mail/mailbox.ts'
import type { MailboxRow } from '../mailboxes/open-mailboxes.ts'
import type { Context } from '../store/context.ts'

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
      .select(['id', 'providerId', 'settleAttempts'])
      .where('mailboxId', '=', row.id)
      .where('settleState', '=', 'due')
      .orderBy('settleAttempts')
      .orderBy('id')
      .limit(BATCH)
      .execute()
    if (due.length === 0 || signal.aborted) return
    const outcomes = await mailbox.settle(
      due.map(({ providerId }) => providerId),
      row.settings.settleMode,
      signal,
    )
    const told = { mailboxId: row.id, messages: due.length }
    reached('messages-settled', told)
    const settled = await keepOutcomes(context, due, outcomes)
    reached('settle-kept', told)
    const trouble = outcomes.find(({ error }) => error !== null && !isAboutOneMessage(error))?.error
    if (trouble) throw trouble
    if (settled === 0) return
  }
}

async function keepOutcomes(
  context: Context,
  due: { id: string; settleAttempts: number }[],
  outcomes: SettleOutcome[],
): Promise<number> {
  let settled = 0
  await context.db.transaction().execute(async (tx) => {
    for (const [index, { id, settleAttempts }] of due.entries()) {
      const outcome = outcomes[index]
      const error = outcome ? outcome.error : null
      if (outcome && !error) {
        settled += 1
        await tx
          .updateTable('inboundMessage')
          .set({
            settleState: 'done',
            ...(outcome.newProviderId === null ? {} : { providerId: outcome.newProviderId }),
          })
          .where('id', '=', id)
          .execute()
      } else {
        const attempts = settleAttempts + (error && isAboutOneMessage(error) ? 1 : 0)
        await tx
          .updateTable('inboundMessage')
          .set({ settleAttempts: attempts, settleState: attempts >= MOST_ATTEMPTS ? 'failed' : 'due' })
          .where('id', '=', id)
          .execute()
      }
    }
  })
  return settled
}
