import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { backOffMs } from '../lib/back-off.ts'
import { after } from '../lib/clock.ts'
import { activeStates } from '../mailboxes/active-states.ts'
import { mayBeCalled } from '../mailboxes/note-trouble.ts'
import type { MailboxRow, OpenMailboxes } from '../mailboxes/open-mailboxes.ts'
import type { Context } from '../store/context.ts'

/** How often a process looks for mailboxes to watch. */
const ROUND_MS = 2_000
/** A lease that is not renewed for so long is free: its process died. */
const LEASE_MS = 20_000
/** News are acted on no more often: a server that ends every connection at once must not keep us asking. */
export const LEAST_ROUND_MS = 250
/** One that could not be listened to is listened to again after so long, then twice as long, up to its poll interval. */
const FIRST_RETRY_MS = 1_000
/** A paused mailbox is tried again after so long; its reason may be mended in Entra, where we do not see it. */
const PAUSED_POLL_MS = 5 * 60_000

/**
 * Keeps every mailbox watched by exactly one process: waits for news (streaming, with polling beneath it) and
 * enqueues `receive`. Ends when the signal is aborted.
 */
export async function watchMailboxes(
  context: Context,
  mailboxes: OpenMailboxes,
  signal: AbortSignal,
): Promise<void> {
  const me = randomUUID()
  const watched = new Map<string, { controller: AbortController; asSeen: string }>()
  const running = new Set<Promise<void>>()
  while (!signal.aborted) {
    // Without a database there is no round; the leases run out by themselves, and the next round takes them again.
    await round().catch((error) => context.log.error({ err: error }, 'looking for mailboxes to watch failed'))
    await pause(ROUND_MS, signal)
  }
  await Promise.allSettled(running)
  await release(context, me).catch((error) =>
    context.log.error({ err: error }, 'the leases are left to run out'),
  )

  async function round(): Promise<void> {
    const mine = await lease(context, me)
    for (const [mailboxId, { controller, asSeen }] of watched) {
      if (mine.get(mailboxId) === asSeen) continue
      controller.abort()
      watched.delete(mailboxId)
    }
    for (const [mailboxId, asSeen] of mine) if (!watched.has(mailboxId)) begin(mailboxId, asSeen)
  }

  function begin(mailboxId: string, asSeen: string): void {
    const controller = new AbortController()
    watched.set(mailboxId, { controller, asSeen })
    const task = watch(context, mailboxes, mailboxId, AbortSignal.any([signal, controller.signal]))
      .catch((error) => context.log.error({ mailbox: mailboxId, err: error }, 'watching a mailbox failed'))
      .finally(() => {
        running.delete(task)
        if (watched.get(mailboxId)?.controller === controller) watched.delete(mailboxId)
      })
    running.add(task)
  }
}

/** Frees all leases, for the only process there is: whoever held them is dead. */
export async function freeLeases(context: Context): Promise<void> {
  await context.db.updateTable('mailbox').set({ watchedBy: null, watchedUntil: null }).execute()
}

/**
 * Takes the leases that are free, renews mine when half of it is over, and returns the mailboxes that are mine, each with
 * what the watching goes by: when that changes, it begins anew.
 */
async function lease(context: Context, me: string): Promise<Map<string, string>> {
  const now = context.clock()
  await context.db
    .updateTable('mailbox')
    .set({ watchedBy: me, watchedUntil: after(now, LEASE_MS) })
    .where('state', 'in', activeStates)
    .where((where) =>
      where.or([
        where('watchedBy', 'is', null),
        where('watchedUntil', '<', now),
        where.and([where('watchedBy', '=', me), where('watchedUntil', '<', after(now, LEASE_MS / 2))]),
      ]),
    )
    .execute()
  const mine = await context.db
    .selectFrom('mailbox')
    .select(['id', 'state', 'settings', 'secrets'])
    .where('watchedBy', '=', me)
    .where('state', 'in', activeStates)
    .execute()
  return new Map(
    mine.map(({ id, state, settings, secrets }) => [
      id,
      JSON.stringify([state, settings, secrets?.toString('base64')]),
    ]),
  )
}

async function release(context: Context, me: string): Promise<void> {
  await context.db
    .updateTable('mailbox')
    .set({ watchedBy: null, watchedUntil: null })
    .where('watchedBy', '=', me)
    .execute()
}

async function watch(
  context: Context,
  mailboxes: OpenMailboxes,
  mailboxId: string,
  signal: AbortSignal,
): Promise<void> {
  let news: Promise<void> | null = null
  /** How often in a row it could not be listened to. */
  let unheard = 0
  while (!signal.aborted) {
    await context.db
      .transaction()
      .execute((tx) => context.enqueue(tx, { name: 'receive', payload: { mailboxId } }))
    const row = await mailboxes.load(mailboxId)
    if (row.state !== 'running' && row.state !== 'paused') return
    const pollMs = row.state === 'paused' ? PAUSED_POLL_MS : row.settings.pollIntervalSeconds * 1_000
    news ??= waitForNews(row, pollMs).finally(() => {
      news = null
    })
    await Promise.all([Promise.race([news, pause(pollMs, signal)]), pause(LEAST_ROUND_MS, signal)])
  }
  await news

  /** Returns when the mailbox says that there may be news; where it cannot say so, when it is time to ask. */
  async function waitForNews(row: MailboxRow, pollMs: number): Promise<void> {
    if (!mayBeCalled(context, row, 'receive')) return waitForWork(pollMs)
    try {
      await (await mailboxes.open(row)).wait(signal)
      unheard = 0
    } catch (error) {
      if (signal.aborted) return
      unheard += 1
      context.log.debug({ mailbox: row.name, err: error }, 'no push from the mailbox, polling')
      await pause(backOffMs(unheard, FIRST_RETRY_MS, pollMs), signal)
    }
  }

  /** Returns when the mailbox backs off no more, since somebody has mended it, or after the poll interval. */
  async function waitForWork(pollMs: number): Promise<void> {
    for (let waited = 0; waited < pollMs && !signal.aborted; waited += ROUND_MS) {
      await pause(Math.min(ROUND_MS, pollMs - waited), signal)
      if ((await mailboxes.load(mailboxId)).retryAt === null) return
    }
  }
}

/** Waits, but not beyond the signal. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
}
