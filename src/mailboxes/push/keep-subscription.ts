import { after } from '../../lib/clock.ts'
import { MailError } from '../../mail/errors.ts'
import type { Subscriptions } from '../../mail/mailbox.ts'
import { activeStates } from '../active-states.ts'
import type { MailboxRow } from '../open-mailboxes.ts'
import { newClientState } from './client-state.ts'
import { notePush } from './note-push.ts'
import type { Held, PushParts, PushRow } from './push-parts.ts'
import { pushPaths } from './push-paths.ts'
import { targetOf } from './subscription-basis.ts'

/** What is done for one mailbox in a round takes no longer. */
const ROUND_MS = 60_000

/**
 * Brings the subscription of one mailbox to what it is to be, and notes what came of it.
 *
 * A process may die between the provider's answer and its note. A subscription that was made and not noted ends by
 * itself, since nobody renews it, and its calls are those of a stranger; one that was removed and is still noted is found
 * to be gone at the next round.
 */
export async function keepSubscription(
  parts: PushParts,
  row: MailboxRow,
  push: PushRow | null,
  stop: AbortSignal,
): Promise<void> {
  const { context, mailboxes, publicUrl } = parts
  const signal = AbortSignal.any([stop, AbortSignal.timeout(ROUND_MS)])
  let held = heldNow(push, context.clock())
  try {
    const { subscriptions } = await mailboxes.open(row)
    const isWanted = publicUrl !== null && activeStates.some((state) => state === row.state)
    if (subscriptions === null || !isWanted) {
      // In a copy of the database it may be the original's.
      if (held && row.state !== 'detached') await remove(parts, row, held, { isReplaced: false }, signal)
      return await notePush(parts, row, push, {
        state: subscriptions === null ? 'unsupported' : 'off',
        held: null,
      })
    }
    const target = targetOf(row.settings, publicUrl)
    if (held && held.target !== target) {
      await remove(parts, row, held, { isReplaced: true }, signal)
      held = null
    }
    const until = after(context.clock(), subscriptions.lifeMs)
    const expiresAt = held && (await subscriptions.renew(held.providerId, until, signal))
    const base =
      held && expiresAt
        ? { ...held, expiresAt }
        : await create(subscriptions, publicUrl, target, until, signal)
    held = { ...base, settings: row.settings, secrets: row.secrets }
    await notePush(parts, row, push, { state: 'on', held })
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    // It was us who ended the call.
    if (stop.aborted) return
    await notePush(parts, row, push, { state: 'failed', held, error })
  }
}

function heldNow(push: PushRow | null, now: Date): Held | null {
  if (push === null || push.expiresAt === null || push.expiresAt <= now) return null
  const { providerId, clientStateHash, target, expiresAt, settings, secrets } = push
  if (providerId === null || clientStateHash === null || target === null || settings === null) return null
  return { providerId, clientStateHash, target, expiresAt, settings, secrets }
}

async function create(
  subscriptions: Subscriptions,
  publicUrl: string,
  target: string,
  until: Date,
  signal: AbortSignal,
) {
  const { clientState, hash } = newClientState()
  const request = {
    notificationUrl: publicUrl + pushPaths.notifications,
    lifecycleUrl: publicUrl + pushPaths.lifecycle,
    clientState,
    until,
  }
  return { ...(await subscriptions.create(request, signal)), clientStateHash: hash, target }
}

/**
 * With the settings it was made with. What cannot be removed ends by itself: it keeps no other from being made, and is
 * tried again only where waiting may mend it.
 */
async function remove(
  { context, mailboxes }: PushParts,
  { id, name }: MailboxRow,
  { settings, secrets, providerId }: Held,
  { isReplaced }: { isReplaced: boolean },
  signal: AbortSignal,
): Promise<void> {
  try {
    const mailbox = mailboxes.openAnew({ id, settings, secrets })
    await mailbox.subscriptions?.remove(providerId, signal).finally(() => mailbox.close())
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    if (!isReplaced && error.retry === 'later') throw error
    context.log.warn({ mailbox: name, err: error }, 'a subscription is left to end by itself')
  }
}
