import { setImmediate } from 'node:timers/promises'
import { processInbound } from '../inbound/process.ts'
import type { PostToWebhook } from '../lib/webhook.ts'
import type { OpenMailboxes } from '../mailboxes/open-mailboxes.ts'
import { keepSubscriptions } from '../mailboxes/push/keep-subscriptions.ts'
import { MOST_AT_ONCE } from '../outbound/deliver.ts'
import { writeCheckpoint } from '../store/audit-checkpoint.ts'
import type { Context } from '../store/context.ts'
import type { SigningKey } from '../store/signing-key.ts'
import { cleanUp } from './clean-up.ts'
import { openLanes } from './lanes.ts'
import { ABORT_MS, type JobOutcome, type Queue } from './queue.ts'
import { receive } from './receive.ts'
import { reportOutages } from './report-outages.ts'
import { resumeDue } from './resume-due.ts'
import { groupByMailbox, sendFrom } from './send-outbound.ts'
import { freeLeases, watchMailboxes } from './watch-mailboxes.ts'

export interface RunningJobs {
  /** Ends the watching and the queue: see `Queue.stop`. */
  stop(): Promise<void>
}

/**
 * Connects each queue to what it calls, enqueues again whatever is due, and watches the mailboxes.
 * `isOnlyProcess` says that no other process serves this database (PGlite).
 */
export async function startJobs(parts: {
  context: Context
  mailboxes: OpenMailboxes
  queue: Queue
  /** What audit checkpoints are signed with; null for an installation without. */
  signingKey: SigningKey | null
  isOnlyProcess: boolean
  /** Who is told of mailboxes that are down; null for nobody. */
  outageWebhook: PostToWebhook | null
  /** Where providers reach us; null when they do not. */
  publicUrl: string | null
}): Promise<RunningJobs> {
  const { context, mailboxes, queue } = parts
  if (parts.isOnlyProcess) await freeLeases(context)
  await resumeDue(context, { atStart: true, isOnlyProcess: parts.isOnlyProcess })

  // Each mailbox by itself, in reading and in sending: however many of them hang, the others go on.
  await queue.workApart('receive', { batchSize: 1 }, (payloads, signal) =>
    each(payloads, ({ mailboxId }) => receive(context, mailboxes, mailboxId, signal)),
  )
  await queue.work('process-inbound', { batchSize: 50, concurrency: 2 }, (payloads) =>
    all(payloads, () =>
      processInbound(
        context,
        payloads.map(({ inboundMessageId }) => inboundMessageId),
      ),
    ),
  )
  const sending = openLanes<string>({ width: 2, batchSize: MOST_AT_ONCE }, (mailboxId, ids, signal) =>
    sendFrom(context, mailboxes, mailboxId, ids, signal),
  )
  // A job runs until its mail was seen to: those of a process that dies, or stops, are taken by another in seconds.
  await queue.workApart('send-outbound', { batchSize: MOST_AT_ONCE }, async (payloads) => {
    const ids = payloads.map(({ outboundMessageId }) => outboundMessageId)
    const outcomes = new Map<string, JobOutcome>()
    await Promise.all(
      (await groupByMailbox(context, ids)).map(async ([mailboxId, own]) => {
        const ended = await sending.add(mailboxId, own)
        for (const [index, outcome] of ended.entries()) outcomes.set(own[index] ?? '', outcome)
      }),
    )
    return ids.map((id) => outcomes.get(id) ?? { outcome: 'done' })
  })
  await queue.work('resume-due', { batchSize: 2, concurrency: 1 }, (payloads) =>
    each(payloads, () => resumeDue(context, { atStart: false, isOnlyProcess: parts.isOnlyProcess })),
  )
  await queue.work('report-outages', { batchSize: 2, concurrency: 1 }, (payloads, signal) =>
    each(payloads, () => reportOutages(context, parts.outageWebhook, signal)),
  )
  await queue.work('keep-subscriptions', { batchSize: 2, concurrency: 1 }, (payloads, signal) =>
    each(payloads, () => keepSubscriptions({ context, mailboxes, publicUrl: parts.publicUrl }, signal)),
  )
  await queue.work('clean-up', { batchSize: 2, concurrency: 1 }, (payloads, signal) =>
    each(payloads, () => cleanUp(context, signal)),
  )
  await queue.work('write-checkpoint', { batchSize: 2, concurrency: 1 }, (payloads) =>
    each(payloads, async () => {
      if (parts.signingKey !== null) await writeCheckpoint(context.db, parts.signingKey, context.clock)
    }),
  )

  const stopping = new AbortController()
  const watching = watchMailboxes(context, mailboxes, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await Promise.all([watching, queue.stop(), sending.stop(ABORT_MS)])
    },
  }
}

/**
 * One after another: a failure is its own job's outcome and stops none of the others. Between two of them timers, sockets
 * and the API get their turn: the queries of the embedded database follow one another without leaving any.
 */
async function each<Payload>(
  payloads: Payload[],
  handle: (payload: Payload) => Promise<unknown>,
): Promise<JobOutcome[]> {
  const outcomes: JobOutcome[] = []
  for (const payload of payloads) {
    await setImmediate()
    try {
      await handle(payload)
      outcomes.push({ outcome: 'done' })
    } catch (error) {
      outcomes.push({ outcome: 'failed', error })
    }
  }
  return outcomes
}

/** All in one go; a failure is that of all. What became of each stands in its row. */
async function all(payloads: unknown[], handle: () => Promise<void>): Promise<JobOutcome[]> {
  await handle()
  return payloads.map(() => ({ outcome: 'done' }))
}
