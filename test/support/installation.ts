/** An installation on a database of its own, which can be stopped, copied as a backup is, and started on the copy. */
import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/read-config.ts'
import type { Store } from '../../src/store/store.ts'
import type { Contoso } from './contoso.ts'
import { newDataDirectory } from './data-directory.ts'
import { type Desk, deskOf } from './desk.ts'

/** Where the data of an installation is. */
export interface Place {
  /** Null for the embedded database. */
  databaseUrl: string | null
  dataDirectory: string
}

export interface Running extends Desk {
  /** Where it listens. */
  url: string
  close(): Promise<void>
}

/** A new place: the database of `store` on PostgreSQL, files of its own on PGlite, as an installation has them. */
export async function newPlace(store: Store): Promise<Place> {
  if (store.kind === 'pglite') return { databaseUrl: null, dataDirectory: await newDataDirectory('product') }
  const dataDirectory = await mkdtemp(join(tmpdir(), 'countersign-product-'))
  return { databaseUrl: store.pool.options.connectionString ?? null, dataDirectory }
}

/** A copy of the place, which nothing runs on, as a backup that is restored beside it. */
export async function copyPlace({ databaseUrl, dataDirectory }: Place): Promise<Place> {
  const copy = await mkdtemp(join(tmpdir(), 'countersign-copy-'))
  if (databaseUrl === null) {
    await cp(dataDirectory, copy, { recursive: true })
    return { databaseUrl, dataDirectory: copy }
  }
  const url = new URL(databaseUrl)
  const template = url.pathname.slice(1)
  const name = `${template}_${randomBytes(4).toString('hex')}`
  const client = new pg.Client(Object.assign(new URL(databaseUrl), { pathname: '/postgres' }).href)
  await client.connect()
  // Connections that are open and idle would keep it from being copied.
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [template])
  await client.query(`create database ${name} template ${template}`)
  await client.end()
  url.pathname = `/${name}`
  return { databaseUrl: url.href, dataDirectory: copy }
}

/** Starts the product at a place, in this process; without `jobs` it takes requests and does nothing about them. */
export async function startAt(
  { databaseUrl, dataDirectory }: Place,
  contoso: Contoso,
  options: { jobs: boolean; publicUrl?: string | undefined } = { jobs: true },
): Promise<Running> {
  const config = readConfig({
    DATABASE_URL: databaseUrl ?? undefined,
    COUNTERSIGN_DATA: dataDirectory,
    COUNTERSIGN_PORT: '0',
    COUNTERSIGN_KEY: Buffer.alloc(32, 7).toString('base64'),
    COUNTERSIGN_LOG_LEVEL: 'silent',
    COUNTERSIGN_PUBLIC_URL: options.publicUrl,
    // Microsoft's names lead to the company.
    HTTPS_PROXY: contoso.http,
  })
  const app = await openApp(config, options)
  await app.server.listen({ host: config.host, port: config.port })
  const { port } = app.server.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return { ...deskOf({ url, token: app.operatorToken }, contoso), url, close: () => app.close() }
}

export async function removePlace({ dataDirectory }: Place): Promise<void> {
  await rm(dataDirectory, { recursive: true, force: true })
}
