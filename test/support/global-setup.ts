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
import { openPostgres } from '../../src/store/open-postgres.ts'
import { prepareDatabase } from './prepare-database.ts'
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
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, stop: () => dropDatabases(given, prefix) } : await startOwn(directory)
  if ('url' in server) {
    await createTemplate(server.url, prefix)
    project.provide('databases', { directory, postgres: { url: server.url, template: prefix } })
  } else {
    console.warn(`\nSKIPPED: every suite on PostgreSQL, because there is none: ${server.missing}\n`)
    project.provide('databases', { directory, postgres: server })
  }
  return async () => {
    if ('url' in server) await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function startOwn(directory: string): Promise<TestPostgres | { missing: string }> {
  try {
    return await startPostgres(join(directory, 'postgres'))
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) }
  }
}

async function createTemplate(url: string, name: string): Promise<void> {
  await withClient(url, (client) => client.query(`create database ${client.escapeIdentifier(name)}`))
  const template = new URL(url)
  template.pathname = `/${name}`
  const log = createLog('silent')
  const store = await openPostgres({ databaseUrl: template.href, log })
  await prepareDatabase(store, log)
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
