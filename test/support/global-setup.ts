/**
 * Once per test run: a PostgreSQL server (TEST_DATABASE_URL, or one of our own) with a migrated template database, and
 * a directory for what the run makes. Without any server the suites on PostgreSQL are skipped, and it is said aloud.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { createLog } from '../../src/lib/log.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'
import { startPostgres, type TestPostgres } from './start-postgres.ts'

export interface TestDatabases {
  /** Of the run; removed at its end. */
  directory: string
  /** A server with `template`, or why there is none. */
  postgres: { url: string; template: string } | { missing: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    databases: TestDatabases
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  // PostgreSQL refuses to run as root: the user that it runs as instead must reach its directory.
  chmodSync(directory, 0o755)
  const prefix = `countersign_test_${process.pid}_${Date.now()}`
  let server: TestPostgres | null = null
  try {
    const url = process.env.TEST_DATABASE_URL
    server = url ? { url, stop: async () => {} } : await startPostgres(join(directory, 'postgres'))
    await createTemplate(server.url, prefix)
    project.provide('databases', { directory, postgres: { url: server.url, template: prefix } })
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error)
    console.warn(`\nSKIPPED: every suite on PostgreSQL, because ${missing}\n`)
    project.provide('databases', { directory, postgres: { missing } })
  }
  return async () => {
    if (server) {
      if (process.env.TEST_DATABASE_URL) await dropDatabases(server.url, prefix)
      await server.stop()
    }
    rmSync(directory, { recursive: true, force: true })
  }
}

async function createTemplate(url: string, name: string): Promise<void> {
  await withClient(url, (client) => client.query(`create database ${client.escapeIdentifier(name)}`))
  const template = new URL(url)
  template.pathname = `/${name}`
  const store = await openPostgres({ databaseUrl: template.href, log: createLog('silent') })
  await migrate(store)
  await store.close()
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [
      prefix,
    ])
    for (const { datname } of rows)
      await client.query(`drop database ${client.escapeIdentifier(datname)} (force)`)
  })
}

async function withClient(url: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await use(client)
  } finally {
    await client.end()
  }
}
