import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { expect, inject } from 'vitest'
import { systemClock } from '../../../src/lib/clock.ts'
import { newId } from '../../../src/lib/new-id.ts'
import { apiScopes, createApiToken } from '../../../src/people/api-tokens.ts'
import { administrator, type Contoso, startContoso } from '../../support/contoso.ts'
import { newDataDirectory } from '../../support/data-directory.ts'
import { openTestPostgres } from '../../support/databases.ts'
import { type Desk, deskOf, setUp } from '../../support/desk.ts'
import { eventually } from '../../support/eventually.ts'
import { type ServerOptions, startServer, type TestServer } from '../../support/start-server.ts'
import type { Order, Seam } from './die-at.ts'

export type DatabaseKind = 'PGlite' | 'PostgreSQL'

/** Longer than a grace, a lease or a lost sender takes: the server that dies lives so far back. */
const LONG_AGO_MS = 10 * 60_000

/** A server that can be killed at any point of its program, and started again on what it left. */
export interface Stage {
  contoso: Contoso
  /** At the server that lives on. */
  readonly desk: Desk
  /** Orders the (older) server to die at a seam, and gives its death; until then it is ten minutes ago, for all servers. */
  arm(seam: Seam): Promise<unknown>
  /** Until they die it is ten minutes ago for all servers. */
  liveLongAgo(): void
  /** kill -9 of the (older) server now. */
  kill(): Promise<void>
  /** Waits until the server has died as ordered, and starts the next one, in the present. */
  restart(): Promise<void>
  /** Starts one more server on the same database. */
  startAnother(): Promise<void>
  /** Waits until the server has died as ordered; the other one takes its place, in the present. */
  failOver(): Promise<void>
  close(): Promise<void>
}

/** Opens an empty installation with the simulated company; its first server runs and is set up. */
export async function openStage(kind: DatabaseKind): Promise<Stage> {
  const contoso = await startContoso()
  const dataDirectory = await newDataDirectory('crash')
  const postgres = kind === 'PostgreSQL' ? await makePostgres() : null
  const environment = postgres ? await makeKeys(dataDirectory) : {}
  /** Those that live; the first one is the stage's. */
  const servers: Victim[] = []

  async function start(): Promise<void> {
    servers.push(await startVictim(dataDirectory, { postgres, environment }))
  }

  async function bury(): Promise<void> {
    let end: unknown = null
    void servers.shift()?.ended.then((how) => {
      end = how
    })
    await eventually(async () => expect(end, 'how the server ended').toBe('SIGKILL'))
    if (postgres) await forgetTheDead(postgres.url)
  }

  function first(): Victim {
    const [server] = servers
    if (!server) throw new Error('no server lives')
    return server
  }

  const stage: Stage = {
    contoso,
    get desk() {
      return deskOf(servers.at(-1) ?? first(), contoso)
    },
    liveLongAgo() {
      for (const server of servers) server.order({ clockOffsetMs: -LONG_AGO_MS })
    },
    kill: () => first().kill(),
    arm(dieAt) {
      stage.liveLongAgo()
      first().order({ dieAt })
      return first().ended
    },
    async restart() {
      await bury()
      await start()
    },
    startAnother: start,
    async failOver() {
      await bury()
      first().order({ clockOffsetMs: 0, run: 'resume-due' })
    },
    async close() {
      for (const server of servers) await server.kill()
      await contoso.close()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
  await start()
  await setUp(stage.desk.api, contoso)
  return stage
}

/** A server that takes orders; without one it is like any other. */
interface Victim extends TestServer {
  order(what: Order): void
}

async function startVictim(dataDirectory: string, options: ServerOptions): Promise<Victim> {
  const module = new URL('./die-at.ts', import.meta.url)
  const server = await startServer(dataDirectory, { ...options, preload: { module, message: {} } })
  return { ...server, order: server.tell }
}

/** A database of its own, and in it an administrator's token: there is no lock file to read the operator's from. */
export async function makePostgres(): Promise<{ url: string; token: string }> {
  const store = await openTestPostgres()
  if (store.kind !== 'postgres') throw new Error('not a PostgreSQL store')
  try {
    const context = { db: store.db, clock: systemClock }
    const { id } = await store.db
      .insertInto('person')
      .values({
        id: newId(),
        ...administrator,
        locale: 'en',
        role: 'administrator',
        createdAt: systemClock(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const made = { personId: id, name: 'crash', scopes: [...apiScopes], expiresAt: null }
    const { token } = await createApiToken(context, made)
    return { url: store.pool.options.connectionString ?? '', token }
  } finally {
    await store.close()
  }
}

/** What the embedded database's folder would hold; servers on PostgreSQL are given it. */
async function makeKeys(directory: string): Promise<Record<string, string>> {
  const signingKey = join(directory, 'signing.pem')
  const { privateKey } = generateKeyPairSync('ed25519')
  await writeFile(signingKey, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  return { COUNTERSIGN_KEY: randomBytes(32).toString('base64'), COUNTERSIGN_SIGNING_KEY_FILE: signingKey }
}

/**
 * The dead died long ago: so what they held by a time of before is over. The queue tells them by the database's clock,
 * which nobody can move, and a lease on a mailbox may have been renewed just before the clock went back.
 */
async function forgetTheDead(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(
    `update pgboss.job set heartbeat_on = heartbeat_on - interval '1 hour' where state = 'active'`,
  )
  await client.query(`update mailbox set watched_until = watched_until - interval '1 hour'`)
  await client.end()
}

/** Where the suite on PostgreSQL cannot run, the reason. */
export function missing(kind: DatabaseKind): string | null {
  const { postgres } = inject('databases')
  return kind === 'PostgreSQL' && 'missing' in postgres ? postgres.missing : null
}
