import { type Api, apiAt } from '../../bench/scene/organisation.ts'
import { environmentOf, type Place } from '../../bench/scene/place.ts'
import { type Child, startChild } from '../../bench/scene/start-child.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { createLog } from '../../src/lib/log.ts'
import { newId } from '../../src/lib/new-id.ts'
import { apiScopes, createApiToken } from '../../src/people/api-tokens.ts'
import { readLock } from '../../src/store/data-directory-lock.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'

export interface KillableServer {
  /** Of the server that runs now. */
  api: Api
  /** Files a request. However often it is called with this key, it is one. Throws while the server is gone. */
  fileOnce(key: string, request: object): Promise<void>
  /** kill -9, and a new one in its place. */
  killAndRestart(): Promise<void>
  stop(): Promise<void>
}

/**
 * `serve` on this database as a process of its own, which reaches the world through a proxy. On PostgreSQL it makes itself a
 * token: the lock file has none.
 */
export async function startKillable(place: Place, proxy: string): Promise<KillableServer> {
  const token = 'databaseUrl' in place ? await makeToken(place.databaseUrl) : null

  async function start(): Promise<{ child: Child; url: string; token: string }> {
    const child = startChild(['src/main.ts', 'serve', '--json'], {
      ...environmentOf(place),
      COUNTERSIGN_PORT: '0',
      COUNTERSIGN_LOG_LEVEL: 'fatal',
      HTTPS_PROXY: proxy,
    })
    const { url } = await child.printed<{ url: string }>()
    const published = 'dataDirectory' in place ? await readLock(place.dataDirectory) : null
    return { child, url, token: token ?? published?.server?.token ?? '' }
  }

  let running = await start()
  return {
    api: (...call) => apiAt(running)(...call),
    async fileOnce(key, request) {
      const answer = await fetch(`${running.url}/api/requests`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${running.token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(request),
      })
      if (!answer.ok) throw new Error(`POST /api/requests: ${await answer.text()}`)
    },
    async killAndRestart() {
      process.kill(running.child.pid, 'SIGKILL')
      await running.child.stop()
      running = await start()
    },
    stop: () => running.child.stop(),
  }
}

async function makeToken(databaseUrl: string): Promise<string> {
  const store = await openPostgres({ databaseUrl, log: createLog('error') })
  try {
    await migrate(store)
    const id = newId()
    await store.db
      .insertInto('person')
      .values({
        id,
        address: 'admin@contoso.example',
        name: 'Contoso Administrator',
        locale: 'en',
        role: 'administrator',
        createdAt: systemClock(),
      })
      .execute()
    const made = { personId: id, name: 'soak', scopes: [...apiScopes], expiresAt: null }
    return (await createApiToken({ db: store.db, clock: systemClock }, made)).token
  } finally {
    await store.close()
  }
}
