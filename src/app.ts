/**
 * The only place that constructs parts and hands them to each other. Read top to bottom, it says what the product is
 * made of.
 */
import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { createServer } from './api/create-server.ts'
import type { Config } from './config/read-config.ts'
import { judgeReadiness } from './jobs/judge-readiness.ts'
import { createQueue, type Queue } from './jobs/queue.ts'
import { type RunningJobs, startJobs } from './jobs/start-jobs.ts'
import { systemClock } from './lib/clock.ts'
import { createHttpClient } from './lib/http-client.ts'
import { createLog, type Log } from './lib/log.ts'
import { createWebhook } from './lib/webhook.ts'
import { detachWhenMoved } from './mailboxes/detach-when-moved.ts'
import { openMailboxes } from './mailboxes/open-mailboxes.ts'
import { createMetrics } from './metrics/create-metrics.ts'
import { openAdapter } from './open-adapter.ts'
import { builtPages, loadPages } from './pages/load-pages.ts'
import { servePages } from './pages/serve-pages.ts'
import { identifyPlace } from './store/identify-place.ts'
import { openKeyRing } from './store/key-ring.ts'
import { migrate } from './store/migrate.ts'
import { openDatabase } from './store/open-database.ts'
import { openRawDirectory } from './store/raw-messages/open-raw-directory.ts'
import { openSigningKey } from './store/signing-key.ts'

/** What an answer may take while the process stops. */
const DRAIN_MS = 5_000

export interface App {
  /** Not listening yet: `listen` serves it, `inject` calls it in process. */
  server: FastifyInstance
  /** What the command line signs in with; good for this run only. */
  operatorToken: string
  log: Log
  /** Whether there are pages to serve, or the API alone. */
  hasPages: boolean
  /** Tells the command line where this server listens, in the data directory; nothing to do with PostgreSQL. */
  publish(url: string): Promise<void>
  /** Stops taking work, waits for what is under way (bounded), and closes everything. */
  close(): Promise<void>
}

/**
 * Opens the product on its database, migrated. With `jobs` it also works: receives, reads, sends.
 * Throws `OperatorError` with the mend.
 */
export async function openApp(config: Config, options: { jobs: boolean }): Promise<App> {
  const log = createLog(config.logLevel)
  const embedded = config.databaseUrl === null ? config.dataDirectory : null
  const store = await openDatabase({ ...config, log })
  let startedQueue: Queue | null = null
  try {
    await migrate(store)
    const keys = await openKeyRing({ ...config, dataDirectory: embedded })
    const signingKey = await openSigningKey({ file: config.signingKeyFile, dataDirectory: embedded })
    const queue = await createQueue({ store, log })
    startedQueue = queue
    await openRawDirectory(config.rawDirectory)
    const context = {
      db: store.db,
      clock: systemClock,
      log,
      keys,
      enqueue: queue.enqueue,
      rawDirectory: config.rawDirectory,
      publicUrl: config.publicUrl,
    }
    const place = await identifyPlace(store, config.dataDirectory)
    if (place !== null) await detachWhenMoved(context, place)
    const mailboxes = openMailboxes(context, (settings, secret) =>
      openAdapter(settings, secret, { log, proxy: config.proxy }),
    )
    const startedAt = systemClock()
    const readiness = () => judgeReadiness(context, startedAt)
    const operatorToken = randomBytes(32).toString('base64url')
    const metrics = createMetrics(context)
    /** For calls that belong to no mailbox. */
    const http = createHttpClient({ extraCa: null, proxy: config.proxy })
    let jobs: RunningJobs | null = null
    const server = createServer({
      context,
      mailboxes,
      operatorToken,
      signingKey,
      readiness,
      metrics: { token: config.metricsToken, scrape: metrics.scrape },
    })
    const pages = await loadPages(builtPages)
    if (pages !== null) servePages(server, pages)
    if (options.jobs) {
      jobs = await startJobs({
        context,
        mailboxes,
        queue,
        signingKey,
        isOnlyProcess: embedded !== null,
        publicUrl: config.publicUrl,
        outageWebhook:
          config.outageWebhook && createWebhook(config.outageWebhook, { http, clock: systemClock }),
      })
    }

    return {
      server,
      operatorToken,
      log,
      hasPages: pages !== null,
      async publish(url) {
        if (store.kind === 'pglite') await store.lock?.publish({ url, token: operatorToken })
      },
      async close() {
        await Promise.all([drain(server), (jobs ?? queue).stop()])
        await Promise.all([mailboxes.close(), http.close()])
        metrics.close()
        await store.close()
      },
    }
  } catch (error) {
    // Its timers would keep the process alive.
    await startedQueue?.stop()
    await store.close()
    throw error
  }
}

/** Takes no more requests and finishes those under way; a client that does not come to an end is cut off. */
async function drain(server: FastifyInstance): Promise<void> {
  const cutOff = setTimeout(() => server.server.closeAllConnections(), DRAIN_MS)
  await server.close().finally(() => clearTimeout(cutOff))
}
