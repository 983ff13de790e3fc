import { randomBytes } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll, describe, inject } from 'vitest'
import { createLog } from '../../src/lib/log.ts'
import { pgliteStore } from '../../src/store/open-pglite.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'
import type { Store } from '../../src/store/store.ts'
import { CopiedFileSystem } from './copied-file-system.ts'
import { madeDatabase } from './data-directory.ts'

/** Opens a fresh, migrated, empty database; it is closed and gone when its suite ends. */
export type OpenTestStore = () => Promise<Store>

const log = createLog('silent')

/**
 * Runs a suite on PGlite and on PostgreSQL. PGlite lives in memory here: what must survive a crash is tested where the
 * files are opened. Call `open` in `beforeAll`, or in a test that needs a database of its own.
 */
export function describeOnBothDatabases(name: string, define: (open: OpenTestStore) => void): void {
  describe(`${name} (PGlite)`, () => define(openOnce(openTestPglite)))
  const { postgres } = inject('databases')
  if ('missing' in postgres) {
    describe.skip(`${name} (PostgreSQL: none here)`, () =>
      define(() => Promise.reject(new Error(postgres.missing))))
  } else {
    describe(`${name} (PostgreSQL)`, () => define(openOnce(openTestPostgres)))
  }
}

/** A fresh, migrated PGlite in memory, for suites to which the database does not matter. The caller closes it. */
export async function openTestPglite(): Promise<Store> {
  const lite = await PGlite.create({
    fs: new CopiedFileSystem(await madeDatabase()),
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
  })
  return pgliteStore({ lite, lock: null, log })
}

/** A fresh, migrated database on the run's PostgreSQL server. Throws when there is none. The caller closes it. */
export async function openTestPostgres(): Promise<Store> {
  const { postgres } = inject('databases')
  if ('missing' in postgres) throw new Error(postgres.missing)
  const name = `${postgres.template}_${randomBytes(6).toString('hex')}`
  const client = new pg.Client(postgres.url)
  await client.connect()
  await client.query(`create database ${name} template ${postgres.template}`)
  await client.end()
  const url = new URL(postgres.url)
  url.pathname = `/${name}`
  return openPostgres({ databaseUrl: url.href, log })
}

function openOnce(open: OpenTestStore): OpenTestStore {
  const opened: Store[] = []
  afterAll(async () => {
    for (const store of opened.splice(0)) await store.close()
  })
  return async () => {
    const store = await open()
    opened.push(store)
    return store
  }
}
