/**
 * The job queue: pg-boss on our own database behind a typed facade. A job carries ids only and is no more than a
 * wake-up: what is to be done, how often it was tried and when again stands in the rows that it names.
 */
import type { Pool } from 'pg'
import {
  type DatabaseOptions,
  type JobInsert,
  type JobResult,
  PgBoss,
  type Queue as QueueOptions,
} from 'pg-boss'
import type { Log } from '../lib/log.ts'
import { withLogFields } from '../lib/log-fields.ts'
import { reached } from '../lib/milestones.ts'
import type { Enqueue, Job, JobName, JobPayloads } from '../store/enqueue.ts'
import type { Store } from '../store/store.ts'
import { writeTogether } from '../store/together.ts'
import { pgliteJobDatabase, transactionDatabase } from './job-database.ts'

/**
 * What became of one job of a batch. A failed one runs again, twice at most; then its row waits for `resume-due`. So does
 * one that was left, because its process ends: whoever lives takes it.
 */
export type JobOutcome = { outcome: 'done' } | { outcome: 'left' } | { outcome: 'failed'; error: unknown }

type Handler<Name extends JobName> = (
  payloads: JobPayloads[Name][],
  signal: AbortSignal,
) => Promise<JobOutcome[]>

export interface WorkOptions {
  /**
   * Jobs handed over at a time: fetched in one commit, completed in another. At least 2: a worker that takes one by one
   * does not see that more are waiting, and sleeps.
   */
  batchSize: number
  /** Batches under way at a time in this process. */
  concurrency: number
}

export interface Queue {
  /** See `Enqueue`. */
  enqueue: Enqueue
  /**
   * Starts working a queue. The handler gets a batch and answers with one outcome per payload, in order; what it throws
   * is the outcome of all. The signal is aborted when the queue stops or the jobs were given to somebody else.
   */
  work<Name extends JobName>(name: Name, options: WorkOptions, handler: Handler<Name>): Promise<void>
  /**
   * Starts working a queue whose jobs may each take long: every batch beside all others that run (up to 200), so that
   * none waits for one that hangs.
   */
  workApart<Name extends JobName>(
    name: Name,
    options: Pick<WorkOptions, 'batchSize'>,
    handler: Handler<Name>,
  ): Promise<void>
  /**
   * Fetches no more and waits for the handlers: those that are not done within three seconds are aborted, and left
   * three seconds later. What they leave is due again at the next start.
   */
  stop(): Promise<void>
}

/** Most batches are done by then: a mail whose sending is cut off would have to be looked for. */
export const ABORT_MS = 3_000
const STOP_MS = 6_000

/**
 * A worker that is not heard of for so long is dead, and its jobs run again; pg-boss's smallest. Not on the embedded
 * database: its only process would find itself dead when a busy machine has held it up, and do its work twice at a time.
 */
const HEARTBEAT_SECONDS = 10
/** How often dead workers and expired jobs are looked for. */
const SUPERVISE_SECONDS = 5

/** Bounds what is held in memory of jobs that are worked apart. */
const MOST_APART = 200

/**
 * How late a job with `startAfter` may be: NOTIFY tells of new jobs, not of those whose time has come.
 */
const POLL_SECONDS = 2

const common: Omit<QueueOptions, 'name' | 'policy'> = {
  notify: true,
  retryLimit: 2,
  retryDelay: 1,
  // Draining a full mailbox takes long; a dead worker is found by its heartbeat.
  expireInSeconds: 3_600,
  retentionSeconds: 24 * 3_600,
  deleteAfterSeconds: 3_600,
}

/**
 * `stately`: one waits, one runs, per singleton key. Not `exclusive`, which refuses a job while another runs: news that
 * comes between the last look of a `receive` and its end would wake nobody. `short`: one waits per key, so that a row
 * that is woken twice is worked once; its own state guards it from two at a time.
 */
const policies: Record<JobName, 'short' | 'stately'> = {
  receive: 'stately',
  'process-inbound': 'short',
  'send-outbound': 'short',
  'resume-due': 'stately',
  'report-outages': 'stately',
  'keep-subscriptions': 'stately',
  'clean-up': 'stately',
  'write-checkpoint': 'stately',
}

/**
 * Opens the queues, making their tables (schema `pgboss`) where there are none, and the schedules. Close it
 * before the store.
 */
export async function createQueue({ store, log }: { store: Store; log: Log }): Promise<Queue> {
  const embedded = store.kind === 'pglite' ? pgliteJobDatabase(store) : null
  const boss = new PgBoss({
    ...(embedded ? { db: embedded, backend: 'pglite' } : ownConnections(store.pool)),
    useListenNotify: true,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    // PGlite has no autovacuum: `store/vacuum-changed.ts` does its work.
    monitorVacuum: !embedded,
    registerInstance: false,
    openTelemetry: { enabled: false },
  })
  boss.on('error', (error) => log.error({ err: error }, 'the job queue failed'))
  boss.on('warning', ({ message, data }) => log.warn({ data }, message))
  await boss.start()
  for (const name of Object.keys(policies) as JobName[]) {
    await boss.createQueue(name, { ...common, policy: policies[name] })
    // A queue that an earlier version made takes on what this one wants.
    await boss.updateQueue(name, { ...common, heartbeatSeconds: embedded ? null : HEARTBEAT_SECONDS })
  }
  // Nobody else works on the embedded database: what runs there was left by a process that died. The next one of a key of
  // which one runs at a time stands for it.
  if (embedded) {
    await store.pool.query(`delete from pgboss.job where state = 'active' and policy = 'stately'`)
    await store.pool.query(
      `update pgboss.job set state = 'retry' where state = 'active' and policy = 'short'`,
    )
  }
  await boss.schedule('resume-due', '* * * * *')
  await boss.schedule('report-outages', '* * * * *')
  await boss.schedule('keep-subscriptions', '* * * * *')
  await boss.schedule('clean-up', '17 2 * * *')
  await boss.schedule('write-checkpoint', '0 * * * *')

  const stopping = new AbortController()
  let isStopping = false

  /** Runs the handler on a batch, and tells pg-boss what became of each job. */
  async function run<Name extends JobName>(
    name: Name,
    jobs: { id: string; data: JobPayloads[Name]; signal: AbortSignal }[],
    handler: Handler<Name>,
  ): Promise<JobResult[]> {
    const signal = AbortSignal.any([stopping.signal, ...jobs.map((job) => job.signal)])
    const payloads = jobs.map((job) => job.data)
    log.debug({ queue: name, jobs: jobs.map(({ id, data }) => ({ id, ...data })) }, 'jobs taken')
    const outcomes = await withLogFields({ queue: name, jobId: jobs[0]?.id ?? '' }, () =>
      handler(payloads, signal),
    ).catch((error: unknown) => jobs.map((): JobOutcome => ({ outcome: 'failed', error })))
    const done = outcomes.filter(({ outcome }) => outcome === 'done').length
    const left = outcomes.filter(({ outcome }) => outcome === 'left').length
    reached('jobs-done', { queue: name, done, failed: jobs.length - done - left })
    return jobs.map(({ id, data }, index): JobResult => {
      const outcome = outcomes[index] ?? {
        outcome: 'failed',
        error: new Error('the handler gave no outcome'),
      }
      if (outcome.outcome === 'done') return { id, status: 'completed' }
      if (outcome.outcome === 'left') return { id, status: 'failed' }
      // To the log, which redacts, and not into the job's row: an error may quote what it failed on.
      log.error({ queue: name, jobId: id, job: data, err: outcome.error }, 'a job failed')
      return { id, status: 'failed' }
    })
  }

  return {
    enqueue: writeTogether(async (tx, calls: readonly (Job | Job[])[]) => {
      const db = transactionDatabase(tx)
      const insert = async () => {
        for (const [name, batch] of groupByName(calls.flat())) await boss.insert(name, batch, { db })
      }
      await (embedded ? embedded.within(tx, insert) : insert())
    }),
    async work(name, { batchSize, concurrency }, handler) {
      const options = {
        batchSize,
        localConcurrency: concurrency,
        notifyPollingIntervalSeconds: POLL_SECONDS,
        burstWhenBatchFull: true,
        perJobResults: true,
      } as const
      await boss.work<JobPayloads[typeof name], unknown, typeof options>(name, options, (jobs) =>
        run(name, jobs, handler),
      )
    },
    async workApart(name, { batchSize }, handler) {
      const options = {
        batchSize,
        notifyPollingIntervalSeconds: POLL_SECONDS,
        perJobResults: true,
      } as const
      let running = 0
      await hire()

      /** A worker that is free until jobs come. It hires its successor, does them, and leaves. */
      async function hire(): Promise<void> {
        const id: string = await boss.work<JobPayloads[typeof name], unknown, typeof options>(
          name,
          options,
          async (jobs) => {
            running += 1
            if (running < MOST_APART && !isStopping) await hire()
            await boss.offWork(name, { id, wait: false })
            const results = await run(name, jobs, handler)
            running -= 1
            if (running === MOST_APART - 1 && !isStopping) await hire()
            return results
          },
        )
      }
    },
    async stop() {
      isStopping = true
      const abort = setTimeout(() => stopping.abort(new Error('Countersign is stopping')), ABORT_MS)
      await boss.stop({ graceful: true, timeout: STOP_MS }).finally(() => clearTimeout(abort))
    },
  }
}

/** Few connections of its own, so that neither jobs nor pages wait for the other's; one more listens. */
function ownConnections({ options }: Pool): DatabaseOptions {
  if (options.connectionString === undefined) throw new Error('a pool without its URL')
  return { connectionString: options.connectionString, max: 4, application_name: 'countersign jobs' }
}

function groupByName(jobs: Job[]): Map<JobName, JobInsert[]> {
  const groups = new Map<JobName, JobInsert[]>()
  for (const { name, payload, startAfter } of jobs) {
    const group = groups.get(name) ?? []
    groups.set(name, group)
    group.push({
      data: payload,
      ...keyOf(payload),
      ...(startAfter ? { startAfter } : {}),
    })
  }
  return groups
}

/** What a job is about: there is one id in each payload, or none. */
function keyOf(payload: Job['payload']): { singletonKey?: string } {
  const [id] = Object.values(payload)
  return id === undefined ? {} : { singletonKey: id }
}
