import type { Context } from '../../store/context.ts'
import { isClientState } from './client-state.ts'

/** One of the things that a call of a provider tells. */
interface Notification {
  subscriptionId: string
  clientState: string
  /** What befell the subscription itself; absent when it is new mail. */
  lifecycleEvent?: string | undefined
}

/**
 * Wakes the mailboxes that a provider tells of, in one transaction, and does nothing else: they may be many, and it waits
 * three seconds for an answer. What it says is taken for a hint. What names no subscription of ours, or not with its
 * secret, is logged; the caller is told nothing.
 */
export async function takeNotifications(context: Context, notifications: Notification[]): Promise<void> {
  const ids = [...new Set(notifications.map(({ subscriptionId }) => subscriptionId))]
  if (ids.length === 0) return
  const rows = await context.db
    .selectFrom('mailboxPush')
    .select(['mailboxId', 'providerId', 'clientStateHash'])
    .where('providerId', 'in', ids)
    .execute()
  const known = new Map(rows.map((row) => [row.providerId, row]))
  /** By mailbox: whether its subscription is to be looked at as well. */
  const woken = new Map<string, boolean>()
  const refused = { unknown: 0, forged: 0 }
  for (const { subscriptionId, clientState, lifecycleEvent } of notifications) {
    const row = known.get(subscriptionId)
    if (row === undefined) refused.unknown += 1
    else if (!isClientState(clientState, row.clientStateHash ?? '')) refused.forged += 1
    else woken.set(row.mailboxId, woken.get(row.mailboxId) || concernsSubscription(lifecycleEvent))
  }
  // A subscription that is removed may still be told of for a while.
  if (refused.unknown > 0 || refused.forged > 0) {
    context.log[refused.forged > 0 ? 'warn' : 'info'](
      refused,
      'notifications of subscriptions that are not ours',
    )
  }
  if (woken.size > 0) await wake(context, woken)
}

/** Renewing authorises again as well, and a subscription that turns out to be gone is made anew: one way for all events. */
function concernsSubscription(lifecycleEvent: string | undefined): boolean {
  return lifecycleEvent !== undefined && lifecycleEvent !== 'missed'
}

async function wake(context: Context, woken: Map<string, boolean>): Promise<void> {
  const concerned = [...woken].flatMap(([mailboxId, isConcerned]) => (isConcerned ? [mailboxId] : []))
  await context.db.transaction().execute(async (tx) => {
    if (concerned.length > 0) {
      await tx
        .updateTable('mailboxPush')
        .set({ dueAt: context.clock() })
        .where('mailboxId', 'in', concerned)
        .execute()
      await context.enqueue(tx, { name: 'keep-subscriptions', payload: {} })
    }
    await context.enqueue(
      tx,
      [...woken.keys()].map((mailboxId) => ({ name: 'receive', payload: { mailboxId } })),
    )
  })
}
